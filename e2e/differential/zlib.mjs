import { pipeline } from "node:stream";
import zlib from "node:zlib";
import { attempt, eventually, generator, show } from "./attempt.mjs";

const { constants } = zlib;
const PAIRS = [
  ["deflateSync", "inflateSync"],
  ["deflateRawSync", "inflateRawSync"],
  ["gzipSync", "gunzipSync"],
];

function inputs() {
  const random = generator(20);
  return [
    Buffer.alloc(0),
    Buffer.from("a"),
    Buffer.from("hello hello hello hello"),
    Buffer.alloc(70_000, "abcab"),
    random.bytes(20_000),
    random.text(5_000),
    random.text(200_000),
    Buffer.concat([random.bytes(3_000), random.text(40_000), Buffer.alloc(40_000), random.bytes(100)]),
  ];
}

function collect(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => resolve(Buffer.concat(chunks)));
    stream.on("error", reject);
  });
}

function everyParameter(log) {
  for (const [index, input] of inputs().entries()) {
    for (let level = -1; level <= 9; level++) {
      log(`deflate ${index} level ${level}`, show(zlib.deflateSync(input, { level })));
    }
    for (const memLevel of [1, 5, 9]) {
      for (const strategy of [0, 1, 2, 3, 4]) {
        const options = { memLevel, strategy, level: 6 };
        log(`deflate ${index} ${JSON.stringify(options)}`, show(zlib.deflateSync(input, options)));
      }
    }
    for (let windowBits = 9; windowBits <= 15; windowBits++) {
      log(`window ${index} ${windowBits}`, show(zlib.deflateRawSync(input, { windowBits, level: 9 })));
    }
    for (const chunkSize of [64, 100, 1000, 16_384]) {
      log(`stored ${index} ${chunkSize}`, show(zlib.deflateSync(input, { level: 0, chunkSize })));
      log(`chunks ${index} ${chunkSize}`, show(zlib.gzipSync(input, { chunkSize })));
    }
    for (const [compress, decompress] of PAIRS) {
      log(`${compress} ${index}`, String(zlib[decompress](zlib[compress](input)).equals(input)));
    }
    log(
      `unzip ${index}`,
      show(zlib.unzipSync(zlib.gzipSync(input))),
      show(zlib.unzipSync(zlib.deflateSync(input))),
    );
  }
}

function dictionaries(log) {
  const dictionary = Buffer.from("lambda function request response the of");
  for (const input of inputs().slice(0, 7)) {
    for (const level of [1, 6, 9]) {
      const packed = zlib.deflateSync(input, { dictionary, level });
      log("dictionary", show(packed), show(zlib.inflateSync(packed, { dictionary })));
      const raw = zlib.deflateRawSync(input, { dictionary, level });
      log("raw dictionary", show(raw), show(zlib.inflateRawSync(raw, { dictionary })));
    }
  }
  const long = generator(4).text(50_000);
  log("long dictionary", show(zlib.deflateSync(long.subarray(10_000), { dictionary: long })));
  const packed = zlib.deflateSync("request response", { dictionary });
  log(
    "no dictionary",
    attempt(() => zlib.inflateSync(packed)),
  );
  log(
    "wrong dictionary",
    attempt(() => zlib.inflateSync(packed, { dictionary: Buffer.from("no") })),
  );
}

function brotliAndZstd(log) {
  for (const [index, input] of inputs().entries()) {
    if (index === 6) continue;
    for (let quality = 0; quality <= 11; quality++) {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: 10 + quality,
      };
      const packed = zlib.brotliCompressSync(input, { params });
      log(
        `brotli ${index} ${quality}`,
        show(packed),
        String(zlib.brotliDecompressSync(packed).equals(input)),
      );
    }
    if (zlib.zstdCompressSync === undefined) continue;
    for (const level of [1, 3, 9]) {
      const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
      const packed = zlib.zstdCompressSync(input, { params });
      log(`zstd ${index} ${level}`, show(packed), String(zlib.zstdDecompressSync(packed).equals(input)));
    }
  }
}

function badData(log) {
  const good = zlib.gzipSync("some text that is compressed, some text that is compressed");
  const bad = (at, value) => {
    const copy = Buffer.from(good);
    copy[at] = value;
    return copy;
  };
  for (let at = 0; at < good.length; at++)
    log(
      `bad ${at}`,
      attempt(() => zlib.gunzipSync(bad(at, good[at] ^ 0xff)).toString()),
    );
  for (let length = 0; length < good.length; length += 3) {
    log(
      `short ${length}`,
      attempt(() => zlib.gunzipSync(good.subarray(0, length)).toString()),
    );
    log(
      `short, kept ${length}`,
      attempt(() =>
        zlib.gunzipSync(good.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH }).toString(),
      ),
    );
  }
  log(
    "garbage",
    attempt(() => zlib.inflateSync(Buffer.from("garbage"))),
  );
  log(
    "garbage raw",
    attempt(() => zlib.inflateRawSync(Buffer.from([7, 7, 7]))),
  );
  log(
    "two members",
    attempt(() => zlib.gunzipSync(Buffer.concat([good, zlib.gzipSync("more")])).toString()),
  );
  log(
    "padding",
    attempt(() => zlib.gunzipSync(Buffer.concat([good, Buffer.alloc(20)])).toString()),
  );
  log(
    "trailing garbage",
    attempt(() => zlib.gunzipSync(Buffer.concat([good, Buffer.from([1, 2, 3])])).toString()),
  );
  log(
    "trailing zlib",
    attempt(() => zlib.inflateSync(Buffer.concat([zlib.deflateSync("x"), Buffer.from("yyy")])).toString()),
  );
  log(
    "brotli",
    attempt(() => zlib.brotliDecompressSync(Buffer.from("hello world garbage"))),
  );
  log(
    "brotli short",
    attempt(() => zlib.brotliDecompressSync(zlib.brotliCompressSync("hello").subarray(0, 4))),
  );
  log(
    "too long",
    attempt(() => zlib.inflateSync(zlib.deflateSync(Buffer.alloc(5000)), { maxOutputLength: 100 })),
  );
}

function arguments_(log) {
  for (const options of [
    { level: 10 },
    { level: -2 },
    { level: "6" },
    { level: NaN },
    { windowBits: 7 },
    { windowBits: 16 },
    { memLevel: 0 },
    { strategy: 5 },
    { chunkSize: 63 },
    { chunkSize: Infinity },
    { flush: 9 },
    { finishFlush: -1 },
    { dictionary: 5 },
    { maxOutputLength: 0 },
    { level: Infinity },
  ]) {
    log(
      `options ${JSON.stringify(options)}`,
      attempt(() => zlib.deflateSync("x", options)),
    );
  }
  for (const value of [undefined, null, 5, {}, [], true, Symbol.iterator]) {
    log(
      `input ${String(value)}`,
      attempt(() => zlib.gzipSync(value)),
    );
  }
  log(
    "window 8",
    attempt(() => zlib.deflateSync("xxxxxxxx", { windowBits: 8 })),
    attempt(() => zlib.gzipSync("x", { windowBits: 8 })),
    attempt(() => zlib.deflateRawSync("xxxxxxxx", { windowBits: 8 })),
  );
  log(
    "views",
    show(zlib.deflateSync(new Uint16Array([1, 2, 3]))),
    show(zlib.deflateSync(new ArrayBuffer(4))),
    show(zlib.deflateSync(new DataView(new ArrayBuffer(3)))),
  );
  log(
    "callback",
    attempt(() => zlib.gzip("x")),
  );
  log(
    "brotli params",
    attempt(() => zlib.brotliCompressSync("x", { params: { 99: 1 } })),
    attempt(() => zlib.brotliCompressSync("x", { params: { 1: "2" } })),
  );
  if (zlib.crc32) {
    log(
      "crc32",
      show(zlib.crc32("hello")),
      show(zlib.crc32(Buffer.from("world"), zlib.crc32("hello "))),
      attempt(() => zlib.crc32(5)),
      attempt(() => zlib.crc32("x", -1)),
    );
  }
  log("codes", show(zlib.codes), show(zlib.Z_BEST_COMPRESSION), String(Object.isFrozen(zlib.codes)));
}

async function streams(log) {
  const random = generator(8);
  const input = random.text(120_000);
  for (const name of ["Deflate", "Gzip", "DeflateRaw", "BrotliCompress"]) {
    const options = name.startsWith("Brotli")
      ? { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
      : { level: 5 };
    const stream = zlib[`create${name}`](options);
    const whole = collect(stream);
    for (let at = 0; at < input.length; at += 9_000) stream.write(input.subarray(at, at + 9_000));
    stream.end();
    log(name, show(await whole), show(stream.bytesWritten));
  }
  const flushed = zlib.createGzip();
  const parts = [];
  flushed.on("data", (chunk) => parts.push(show(chunk)));
  flushed.write("first part, ");
  await new Promise((resolve) => flushed.flush(resolve));
  parts.push("flushed");
  flushed.write("second part");
  await new Promise((resolve) => flushed.flush(constants.Z_SYNC_FLUSH, resolve));
  parts.push("flushed again");
  await new Promise((resolve) => flushed.params(9, constants.Z_DEFAULT_STRATEGY, resolve));
  flushed.end("third part");
  await new Promise((resolve) => flushed.on("end", resolve));
  log("flush", parts.join(" | "));
  const bad = zlib.createGunzip();
  bad.end("not gzip");
  log("stream error", await eventually(collect(bad)));
  const cut = zlib.createGunzip();
  cut.end(zlib.gzipSync(input).subarray(0, 100));
  log("cut", await eventually(collect(cut)));
  const viaPipeline = await new Promise((resolve, reject) => {
    const packer = zlib.createGzip();
    const unpacker = zlib.createGunzip();
    const whole = collect(unpacker);
    pipeline(packer, unpacker, (error) => (error ? reject(error) : whole.then(resolve)));
    packer.end(input);
  });
  log("pipeline", String(viaPipeline.equals(input)));
  log(
    "instances",
    String(zlib.createGzip() instanceof zlib.Gzip),
    String(zlib.Gzip() instanceof zlib.Gzip),
    zlib.createInflate().constructor.name,
  );
  const reset = zlib.createDeflate();
  reset.reset();
  reset.end("after reset");
  log("reset", show(await collect(reset)));
  const closed = zlib.createDeflate();
  await new Promise((resolve) => closed.close(resolve));
  log("closed", String(closed.destroyed));
  for (const name of ["gzip", "deflate", "brotliCompress"]) {
    log(
      `callback ${name}`,
      await new Promise((resolve) =>
        zlib[name]("callback", (error, result) => resolve(`${error} ${show(result)}`)),
      ),
    );
  }
  log(
    "callback error",
    await new Promise((resolve) =>
      zlib.gunzip("zzz", (error, result) => resolve(`${error.code} ${error.message} ${result}`)),
    ),
  );
  const info = zlib.deflateSync("info", { info: true });
  log("info", show(info.buffer), info.engine.constructor.name, show(info.engine.bytesWritten));
}

/** Calls `log(name, ...results)` for every case. */
export async function run(log) {
  everyParameter(log);
  dictionaries(log);
  brotliAndZstd(log);
  badData(log);
  arguments_(log);
  await streams(log);
}
