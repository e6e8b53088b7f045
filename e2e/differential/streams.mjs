import stream, {
  addAbortSignal,
  compose,
  Duplex,
  finished,
  PassThrough,
  pipeline,
  Readable,
  Transform,
  Writable,
} from "node:stream";
import * as consumers from "node:stream/consumers";
import * as promises from "node:stream/promises";
import { inherits } from "node:util";
import { StringDecoder } from "node:string_decoder";
import { attempt, eventually, generator } from "./attempt.mjs";

const collect = async (source) => {
  const all = [];
  for await (const chunk of source)
    all.push(typeof chunk === "object" && Buffer.isBuffer(chunk) ? chunk.toString() : chunk);
  return all;
};
const EVENTS = [
  "data",
  "end",
  "close",
  "error",
  "pause",
  "resume",
  "readable",
  "drain",
  "finish",
  "pipe",
  "unpipe",
  "prefinish",
];
const watch = (target, seen, name = "") => {
  for (const event of EVENTS)
    if (event !== "readable" && event !== "data")
      target.on(event, (value) =>
        seen.push([name + event, value instanceof Error ? value.message : typeof value]),
      );
  return target;
};

async function reading(log) {
  log(
    "from",
    await collect(Readable.from(["a", "b"])),
    await collect(Readable.from("text")),
    await eventually(() => collect(Readable.from(5))),
  );
  const seen = [];
  const source = watch(new Readable({ read() {} }), seen);
  source.push("one");
  source.push("two");
  source.push(null);
  source.setEncoding("utf8");
  source.on("data", (chunk) => seen.push(chunk));
  await promises.finished(source);
  log(
    "events",
    seen,
    source.readableEnded,
    source.destroyed,
    source.closed,
    source.readable,
    source.readableFlowing,
  );
  const paused = new Readable({ read() {} });
  paused.push("abcdef");
  log(
    "read",
    String(paused.read(2)),
    String(paused.read(10)),
    String(paused.read()),
    paused.readableLength,
    attempt(() => paused.unshift("x")),
    String(paused.read()),
  );
  log(
    "operators",
    await Readable.from([1, 2, 3, 4])
      .filter((n) => n % 2)
      .map((n) => n * 2)
      .toArray(),
    await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0),
    await Readable.from([1, 2, 3]).take(2).toArray(),
    await Readable.from([1, 2, 3]).drop(1).toArray(),
    await Readable.from([1, 2]).some((n) => n > 1),
    await Readable.from([[1], [2]])
      .flatMap((x) => x)
      .toArray(),
    await Readable.from([3]).find((x) => x === 3),
  );
  const failing = new Readable({
    read() {
      this.destroy(new Error("read failed"));
    },
  });
  log("fails", await eventually(() => collect(failing)), failing.errored?.message);
  log(
    "async generator",
    await collect(
      Readable.from(
        (async function* () {
          yield "x";
          yield "y";
        })(),
      ),
    ),
  );
  log(
    "wrong to read",
    await eventually(() => new Promise((resolve) => new Readable().on("error", resolve).resume())),
    attempt(() => new Readable({ highWaterMark: -1 })),
    attempt(() => Readable.from(null)),
  );
  const object = new Readable({
    objectMode: true,
    read() {
      this.push({ a: 1 });
      this.push(null);
    },
  });
  log("objects", await collect(object), object.readableObjectMode, object.readableHighWaterMark);
}

async function writing(log) {
  const seen = [];
  const chunks = [];
  const sink = watch(
    new Writable({
      highWaterMark: 4,
      write(chunk, encoding, callback) {
        chunks.push([chunk.toString(), encoding]);
        setImmediate(callback);
      },
    }),
    seen,
  );
  log(
    "write",
    sink.write("abc"),
    sink.write("de"),
    sink.writableNeedDrain,
    sink.writableLength,
    sink.write("é", "latin1"),
  );
  sink.cork();
  sink.write("1");
  sink.write("2");
  sink.uncork();
  sink.end("end", () => seen.push("callback"));
  await promises.finished(sink);
  log("written", chunks, seen, sink.writableFinished, sink.writableEnded, sink.destroyed);
  const late = [];
  sink.on("error", (error) => late.push(error.code));
  sink.write("late", (error) => late.push(["callback", error?.code]));
  sink.end((error) => late.push(["end", error?.code]));
  await new Promise(setImmediate);
  log("late", late);
  const vectored = [];
  const vector = new Writable({
    decodeStrings: false,
    writev(all, callback) {
      vectored.push(all.map(({ chunk }) => chunk));
      callback();
    },
  });
  vector.cork();
  vector.write("a");
  vector.write("b");
  vector.uncork();
  vector.end();
  await promises.finished(vector);
  log("writev", vectored);
  log(
    "wrong to write",
    attempt(() => new Writable().write(null)),
    attempt(() => new Writable().write(5)),
    await eventually(
      () =>
        new Promise((resolve) => {
          const w = new Writable();
          w.on("error", resolve);
          w.write("x");
        }),
    ),
  );
  const final = [];
  const last = new Writable({
    write(c, e, cb) {
      cb();
    },
    final(cb) {
      final.push("final");
      cb(new Error("final failed"));
    },
  });
  log("final", await eventually(() => promises.finished(last.end("x"))), final);
}

async function joining(log) {
  const upper = () =>
    new Transform({
      transform: (chunk, _e, done) => done(null, chunk.toString().toUpperCase()),
      flush(done) {
        this.push("!");
        done();
      },
    });
  log(
    "pipe",
    await collect(Readable.from(["a", "b"]).pipe(upper())),
    await collect(Readable.from(["a"]).pipe(new PassThrough()).pipe(upper())),
  );
  const out = [];
  await promises.pipeline(
    Readable.from(["x", "y"]),
    upper(),
    async function* (source) {
      for await (const chunk of source) yield `<${chunk}>`;
    },
    new Writable({
      objectMode: true,
      write(chunk, _e, done) {
        out.push(String(chunk));
        done();
      },
    }),
  );
  log("pipeline", out);
  log(
    "pipeline fails",
    await eventually(
      promises.pipeline(
        Readable.from(["x"]),
        new Transform({ transform: (_c, _e, done) => done(new Error("bad chunk")) }),
        new PassThrough(),
      ),
    ),
  );
  const broken = new PassThrough();
  setImmediate(() => broken.destroy());
  log(
    "premature",
    await eventually(promises.finished(broken)),
    await eventually(
      new Promise((resolve) => pipeline(broken, new PassThrough(), (error) => resolve(error?.code))),
    ),
  );
  const seen = [];
  const from = watch(new PassThrough(), seen, "from ");
  const to = watch(new PassThrough(), seen, "to ");
  from.pipe(to);
  from.write("q");
  to.resume();
  from.end();
  await promises.finished(to);
  log("pipe events", seen);
  const controller = new AbortController();
  const abortable = addAbortSignal(controller.signal, new PassThrough());
  setImmediate(() => controller.abort());
  log("abort", (await eventually(promises.finished(abortable))).slice(0, 60));
  log("compose", await collect(compose(upper(), new PassThrough()).end("z")));
  const duplex = Duplex.from({
    readable: Readable.from(["r"]),
    writable: new Writable({
      write(c, e, cb) {
        cb();
      },
    }),
  });
  log("duplex from", await collect(duplex));
  const half = new Duplex({
    allowHalfOpen: false,
    read() {
      this.push(null);
    },
    write(c, e, cb) {
      cb();
    },
  });
  half.resume();
  await promises.finished(half);
  log("half open", half.writableEnded);
  const cleanup = finished(new PassThrough(), () => {});
  log(
    "cleanup",
    typeof cleanup,
    attempt(() => finished({}, () => {})),
  );
}

async function others(log) {
  const source = () => Readable.from([Buffer.from('{"a":'), Buffer.from("1}")]);
  log(
    "consumers",
    await consumers.text(source()),
    await consumers.json(source()),
    (await consumers.buffer(source())).toString(),
    (await consumers.arrayBuffer(source())).byteLength,
    await (await consumers.blob(source())).text(),
  );
  const web = Readable.toWeb(Readable.from(["a", "b"]));
  log(
    "web",
    await collect(Readable.fromWeb(web)),
    await eventually(async () => {
      const reader = Readable.toWeb(Readable.from([Buffer.from("q")])).getReader();
      const { value, done } = await reader.read();
      return [Array.from(value), done];
    }),
  );
  const written = [];
  const sink = Writable.toWeb(
    new Writable({
      write(chunk, _e, done) {
        written.push(String(chunk));
        done();
      },
    }),
  ).getWriter();
  await sink.write("w");
  await sink.close();
  log("to web", written);
  function Old() {
    Readable.call(this);
    this.n = 0;
  }
  inherits(Old, Readable);
  Old.prototype._read = function () {
    this.push(this.n++ < 2 ? "o" : null);
  };
  log(
    "inherits",
    await collect(new Old()),
    new Old() instanceof stream,
    new Old() instanceof Readable,
    new PassThrough() instanceof Writable,
    Object.keys(stream).sort().join(),
  );
  const [a, b] = stream.duplexPair ? stream.duplexPair() : [];
  if (a) {
    a.end("to b");
    log("pair", await collect(b.end() && b));
  }
  log(
    "checks",
    stream.isReadable(new PassThrough()),
    stream.isErrored(new PassThrough()),
    stream.isDisturbed(new PassThrough()),
    stream.getDefaultHighWaterMark(false),
    stream.getDefaultHighWaterMark(true),
  );
}

function decoders(log) {
  const random = generator(11);
  for (const encoding of ["utf8", "utf16le", "base64", "base64url", "hex", "latin1", "ascii"]) {
    for (let round = 0; round < 60; round++) {
      const bytes =
        round % 2
          ? Buffer.from("aé€😀ß".repeat(2)).subarray(random.below(8), 8 + random.below(20))
          : random.bytes(random.below(12));
      const decoder = new StringDecoder(encoding);
      const parts = [];
      for (let at = 0; at < bytes.length;) {
        const size = 1 + random.below(3);
        parts.push(decoder.write(bytes.subarray(at, at + size)));
        at += size;
      }
      parts.push(decoder.end());
      log(`decoder ${encoding} ${round}`, JSON.stringify(parts));
    }
  }
  log(
    "decoder",
    attempt(() => new StringDecoder("nope")),
    attempt(() => new StringDecoder().write(5)),
    new StringDecoder("UCS2").encoding,
    attempt(() => StringDecoder.prototype.constructor.name),
  );
}

export async function run(log) {
  await reading(log);
  await writing(log);
  await joining(log);
  await others(log);
  decoders(log);
}
