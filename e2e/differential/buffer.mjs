import buffer, {
  Buffer as Named,
  constants,
  isAscii,
  isUtf8,
  kMaxLength,
  SlowBuffer,
  transcode,
} from "node:buffer";
import { inspect } from "node:util";
import { attempt, generator, show } from "./attempt.mjs";

const ENCODINGS = [
  "utf8",
  "UTF-8",
  "latin1",
  "binary",
  "ascii",
  "hex",
  "base64",
  "base64url",
  "ucs2",
  "utf16le",
  "UTF-16LE",
  "nope",
  "",
  undefined,
  null,
  5,
];
const TEXTS = [
  "",
  "a",
  "héllo wörld",
  "日本語",
  "😀 x \ud83d",
  "aGVsbG8=",
  "aGVs bG8",
  "ff00zz",
  "abc",
  "%20",
  "\u0000\u00ff\u0100",
  "x".repeat(100),
];

function fromAndTo(log) {
  for (const text of TEXTS) {
    for (const encoding of ENCODINGS) {
      const name = `${JSON.stringify(text)} ${encoding}`;
      log(
        `from ${name}`,
        attempt(() => Buffer.from(text, encoding)),
      );
      log(
        `byteLength ${name}`,
        attempt(() => Buffer.byteLength(text, encoding)),
      );
      log(
        `toString ${name}`,
        attempt(() => Buffer.from(text).toString(encoding)),
      );
      log(
        `write ${name}`,
        attempt(() => {
          const b = Buffer.alloc(9, 1);
          return [b.write(text, 2, 5, encoding), b.toString("hex")];
        }),
      );
      log(
        `indexOf ${name}`,
        attempt(() => Buffer.from(`xx${text}yy`).indexOf(text, 0, encoding)),
      );
      log(
        `fill ${name}`,
        attempt(() => Buffer.alloc(7).fill(text, encoding)),
      );
    }
  }
  for (const value of [
    undefined,
    null,
    5,
    true,
    {},
    [],
    [1, 300, -1, "7", "x"],
    { length: 2, 0: 9 },
    { type: "Buffer", data: [1, 2] },
    new String("s"),
    Symbol.iterator,
    () => 1,
    new ArrayBuffer(3),
    new Uint16Array([1, 256]),
    new DataView(new ArrayBuffer(2)),
    { valueOf: () => "v" },
    { [Symbol.toPrimitive]: () => "p" },
    10n,
  ]) {
    log(
      `from ${typeof value} ${attempt(() => JSON.stringify(value) ?? "none")}`,
      attempt(() => Buffer.from(value)),
    );
    log(
      "isBuffer",
      Buffer.isBuffer(value),
      attempt(() => Buffer.byteLength(value)),
    );
  }
  log(
    "from memory",
    attempt(() => Buffer.from(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)),
    attempt(() => Buffer.from(new ArrayBuffer(2), 5)),
    attempt(() => Buffer.from(new ArrayBuffer(2), 0, 5)),
  );
}

function sizes(log) {
  for (const size of [0, 3, -1, 1.5, "3", NaN, undefined, kMaxLength * 4]) {
    for (const method of ["alloc", "allocUnsafe", "allocUnsafeSlow"])
      log(
        `${method} ${size}`,
        attempt(() => Buffer[method](size).length),
      );
  }
  log(
    "old",
    attempt(() => new Buffer(3).length),
    attempt(() => Buffer("abc").toString()),
    attempt(() => SlowBuffer(2).length),
  );
  log(
    "alloc filled",
    attempt(() => Buffer.alloc(5, "ab")),
    attempt(() => Buffer.alloc(5, 260)),
    attempt(() => Buffer.alloc(3, "", "hex")),
    attempt(() => Buffer.alloc(3, "zz", "hex")),
  );
  for (const list of [[], [Buffer.from("a"), Buffer.from("bc")], ["a"], "x", [new Uint8Array([1])]]) {
    for (const length of [undefined, 0, 2, 9, -1, "2"])
      log(
        `concat ${length}`,
        attempt(() => Buffer.concat(list, length)),
      );
  }
}

function numbers(log) {
  const methods = Object.keys(Object.getPrototypeOf(Buffer.alloc(0))).concat(
    Object.getOwnPropertyNames(Buffer.prototype),
  );
  const bytes = Buffer.from("0102030405f6f7f8fa", "hex");
  for (const name of [...new Set(methods)].filter((one) => /^(read|write)[A-Z]/.test(one)).sort()) {
    const isBig = name.includes("Big");
    for (const offset of [undefined, 0, 1, 5, 8, 9, -1, 1.5, "1", null, NaN]) {
      if (name.startsWith("read"))
        log(
          `${name} ${offset}`,
          attempt(() => bytes[name](offset, 3)),
        );
    }
    if (!name.startsWith("write")) continue;
    for (const value of isBig
      ? [0n, 1n, -1n, 2n ** 63n, -(2n ** 64n), 1]
      : [
          0,
          1,
          -1,
          127,
          128,
          255,
          256,
          65535,
          65536,
          -32769,
          2 ** 31,
          2 ** 32,
          1.7,
          NaN,
          "5",
          undefined,
          2 ** 47,
          2 ** 48,
        ]) {
      log(
        `${name} ${value}`,
        attempt(() => {
          const b = Buffer.alloc(9);
          return [b[name](value, 0, 3), b.toString("hex")];
        }),
      );
    }
  }
}

function search(log) {
  const text = Buffer.from("this is a buffer, this is");
  for (const value of [
    "is",
    "",
    "zz",
    116,
    372,
    99.9,
    Buffer.from("a b"),
    new Uint8Array([105]),
    null,
    {},
    undefined,
  ]) {
    for (const offset of [undefined, 0, 3, -3, 100, -100, "2", NaN, null, {}]) {
      for (const method of ["indexOf", "lastIndexOf", "includes"])
        log(
          `${method} ${show(value)} ${show(offset)}`,
          attempt(() => text[method](value, offset)),
        );
    }
  }
  log(
    "ucs2",
    Buffer.from("xaya", "ucs2").indexOf("a", 1, "ucs2"),
    Buffer.from("abab", "ucs2").lastIndexOf("ab", undefined, "ucs2"),
  );
}

function others(log) {
  const a = Buffer.from("abcdef");
  for (const [from, to] of [
    [0, 3],
    [-3, undefined],
    [2, -1],
    [9, 10],
    ["1", "3"],
    [NaN, 2],
    [1.9, 2.9],
    [undefined, undefined],
  ]) {
    log(`slice ${from} ${to}`, a.slice(from, to).toString(), a.subarray(from, to).toString());
    log(
      `toString ${from} ${to}`,
      attempt(() => a.toString("utf8", from, to)),
      attempt(() => a.latin1Slice(0, 2)),
    );
  }
  for (const args of [[0], [2], [-1], [0, 2], [0, 9], [0, 2, 4], [0, 4, 2], [9], ["1"], [0, -1]])
    log(
      `copy ${args}`,
      attempt(() => {
        const b = Buffer.alloc(4);
        return [a.copy(b, ...args), b.toString("hex")];
      }),
    );
  for (const other of [Buffer.from("abcdef"), Buffer.from("abd"), new Uint8Array([97]), "abc", null])
    log(
      "compare",
      attempt(() => a.compare(other)),
      attempt(() => Buffer.compare(a, other)),
      attempt(() => a.equals(other)),
    );
  log(
    "compare parts",
    attempt(() => a.compare(Buffer.from("xcd"), 1, 3, 2, 4)),
    attempt(() => a.compare(a, 0, 99)),
    attempt(() => a.compare(a, -1)),
  );
  for (const args of [
    [1],
    ["a", 2],
    ["a", 2, 4],
    ["ab", 1, 5, "utf8"],
    [1, -1],
    [1, 0, 99],
    [1, "x"],
    [Buffer.from("xy")],
    [Buffer.alloc(0)],
    [true],
    [1.5],
  ])
    log(
      `fill ${show(args)}`,
      attempt(() => Buffer.alloc(6).fill(...args)),
    );
  for (const method of ["swap16", "swap32", "swap64"])
    log(
      method,
      attempt(() => Buffer.from("0102030405060708", "hex")[method]()),
      attempt(() => Buffer.from("010203", "hex")[method]()),
    );
  log("json", JSON.stringify(a), a.toLocaleString(), a.parent instanceof ArrayBuffer, typeof a.offset);
  log(
    "inspect",
    inspect(a),
    inspect(Buffer.alloc(60)),
    inspect(Object.assign(Buffer.from("x"), { extra: 1 })),
    a.inspect(),
  );
  log(
    "map",
    inspect(a.map((byte) => byte + 1)),
    a.filter((byte) => byte > 99) instanceof Buffer,
    Buffer.of(1, 2, 300),
  );
  log("iterate", show([...a.entries()]), show([...Buffer.from("é")]));
  log(
    "static",
    Object.getOwnPropertyNames(Buffer).sort().join(),
    Object.keys(buffer).sort().join(),
    Named === Buffer,
    Buffer.poolSize,
    Buffer.name,
    Buffer.length,
  );
  log("instance", Object.prototype.toString.call(a), a.constructor === Buffer, a instanceof Uint8Array);
  log("prototype", Object.getOwnPropertyNames(Buffer.prototype).sort().join());
  log("encodings", ENCODINGS.map((one) => Buffer.isEncoding(one)).join());
  log(
    "checks",
    isUtf8(Buffer.from("é")),
    isUtf8(Buffer.from([0xff])),
    isAscii(Buffer.from("é")),
    isAscii(a),
    attempt(() => isUtf8("x")),
  );
  log(
    "transcode",
    attempt(() => transcode(Buffer.from("€é"), "utf8", "latin1")),
    attempt(() => transcode(Buffer.from("é"), "utf8", "ucs2")),
    attempt(() => transcode(Buffer.from("€é"), "utf8", "ascii")),
  );
  log(
    "copyBytesFrom",
    attempt(() => Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1)),
    attempt(() => Buffer.copyBytesFrom("x")),
  );
  log(
    "atob",
    attempt(() => atob("aGk=")),
    attempt(() => btoa("hé")),
    typeof constants.MAX_LENGTH,
  );
}

function random(log) {
  const random = generator(7);
  for (let round = 0; round < 200; round++) {
    const bytes = random.bytes(random.below(40));
    for (const encoding of ["utf8", "latin1", "ascii", "hex", "base64", "base64url", "utf16le"]) {
      const text = bytes.toString(encoding);
      log(`random ${round} ${encoding}`, JSON.stringify(text), Buffer.from(text, encoding));
    }
  }
}

export async function run(log) {
  fromAndTo(log);
  sizes(log);
  numbers(log);
  search(log);
  others(log);
  random(log);
}
