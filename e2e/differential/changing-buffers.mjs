// Buffers that grow, shrink or go away before a native function reads them, or while its arguments are read.
import {
  createCipheriv,
  createHash,
  createHmac,
  hkdfSync,
  pbkdf2Sync,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { eventually, show } from "./attempt.mjs";

const LENGTH = 64;

/** What came of a call; of an error its kind alone: the engines word these differently. */
function attempt(act) {
  try {
    return show(act());
  } catch (error) {
    return `threw ${error.name}`;
  }
}

/** Bytes 1 to 64 in a buffer that may become twice as long, seen by an array that follows it. */
function growable() {
  const buffer = new ArrayBuffer(LENGTH, { maxByteLength: 2 * LENGTH });
  const bytes = new Uint8Array(buffer);
  bytes.forEach((_, index) => (bytes[index] = index + 1));
  return { buffer, bytes };
}

const CHANGES = {
  "as it is": () => {},
  grown: ({ buffer }) => buffer.resize(2 * LENGTH),
  shrunk: ({ buffer }) => buffer.resize(10),
  emptied: ({ buffer }) => buffer.resize(0),
  "shrunk and grown": ({ buffer }) => (buffer.resize(3), buffer.resize(LENGTH)),
  gone: ({ buffer }) => structuredClone(buffer, { transfer: [buffer] }),
};

/** Arrays over the buffer: one that follows it, and ones of a length of their own. */
const VIEWS = {
  following: ({ bytes }) => bytes,
  whole: ({ buffer }) => new Uint8Array(buffer, 0, LENGTH),
  part: ({ buffer }) => new Uint8Array(buffer, 8, 16),
  "following from 8": ({ buffer }) => new Uint8Array(buffer, 8),
};

const KEY = Buffer.alloc(16, 7);
const folder = mkdtempSync(join(tmpdir(), "laconic-changing-"));

/** What native code makes of an array. */
const READERS = {
  length: (bytes) => [bytes.length, bytes.byteLength, bytes.byteOffset],
  hash: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmac: (bytes) => createHmac("sha256", KEY).update(bytes).digest("hex"),
  pbkdf2: (bytes) => pbkdf2Sync("password", bytes, 2, 16, "sha256"),
  hkdf: (bytes) => hkdfSync("sha256", "key", bytes, "", 16),
  cipher: (bytes) => {
    const cipher = createCipheriv("aes-128-cbc", KEY, KEY);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  },
  equal: (bytes) => timingSafeEqual(bytes, Buffer.from(bytes)),
  crc32: (bytes) => crc32(bytes),
  deflate: (bytes) => inflateRawSync(deflateRawSync(bytes)),
  write: (bytes) => {
    const file = join(folder, "written");
    const descriptor = openSync(file, "w");
    const count = writeSync(descriptor, bytes);
    closeSync(descriptor);
    return [count, readFileSync(file).toString("hex")];
  },
  "write a file": (bytes) => (
    writeFileSync(join(folder, "whole"), bytes),
    readFileSync(join(folder, "whole"))
  ),
  text: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"),
  base64: (bytes) => Buffer.from(bytes).toString("base64"),
  compare: (bytes) => Buffer.compare(bytes, Buffer.from([1, 2, 3])),
  "index of": (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(Buffer.from([9, 10])),
  decode: (bytes) => new TextDecoder("latin1").decode(bytes),
  concat: (bytes) => Buffer.concat([bytes, bytes]),
};

/** Native code that fills an array; what is in the buffer then. */
const WRITERS = {
  random: (bytes) => randomFillSync(bytes).length,
  read: (bytes) => {
    const file = join(folder, "read");
    writeFileSync(file, Buffer.alloc(3 * LENGTH, 5));
    const descriptor = openSync(file, "r");
    try {
      return readSync(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
  },
  "text into": (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).write("ä".repeat(LENGTH)),
  "encode into": (bytes) => new TextEncoder().encodeInto("ä".repeat(LENGTH), bytes),
  fill: (bytes) => bytes.fill(3).length,
};

/** Calls of which an argument changes the buffer while the arguments are read. */
const DURING = {
  "hash with options": ({ buffer, bytes }) => {
    const options = {
      get outputLength() {
        buffer.resize(0);
        return 8;
      },
    };
    return createHash("shake128", options).update(bytes).digest("hex");
  },
  "fill from": ({ buffer, bytes }) => bytes.fill({ valueOf: () => (buffer.resize(8), 9) }, 0, LENGTH).length,
  "set at": ({ buffer, bytes }) => bytes.set([1, 2, 3], { valueOf: () => (buffer.resize(2), 0) }),
  "slice from": ({ buffer, bytes }) => bytes.slice({ valueOf: () => (buffer.resize(8), 4) }),
  "subarray from": ({ buffer, bytes }) => bytes.subarray({ valueOf: () => (buffer.resize(8), 4) }),
  "copy within": ({ buffer, bytes }) => bytes.copyWithin({ valueOf: () => (buffer.resize(20), 4) }, 10),
  "index of from": ({ buffer, bytes }) => bytes.indexOf(60, { valueOf: () => (buffer.resize(20), 4) }),
  "last index of": ({ buffer, bytes }) => bytes.lastIndexOf(5, { valueOf: () => (buffer.resize(8), 60) }),
  includes: ({ buffer, bytes }) => bytes.includes(undefined, { valueOf: () => (buffer.resize(8), 4) }),
  with: ({ buffer, bytes }) => bytes.with(0, { valueOf: () => (buffer.resize(8), 1) }),
  "with, gone": ({ buffer, bytes }) =>
    bytes.with(9, { valueOf: () => (structuredClone(buffer, { transfer: [buffer] }), 1) }),
  sort: ({ buffer, bytes }) => bytes.sort((left, right) => (buffer.resize(8), right - left)),
  "to sorted": ({ buffer, bytes }) => bytes.toSorted((left, right) => (buffer.resize(8), right - left)),
  map: ({ buffer, bytes }) => bytes.map((value, index) => (index === 2 && buffer.resize(4), value)),
  join: ({ buffer, bytes }) => bytes.join({ toString: () => (buffer.resize(4), "-") }),
  "atomic add": ({ buffer, bytes }) =>
    Atomics.add(bytes, 3, { valueOf: () => (buffer.resize(2 * LENGTH), 5) }),
  "atomic store, gone": ({ buffer, bytes }) =>
    Atomics.store(bytes, 3, { valueOf: () => (buffer.resize(0), 1) }),
  "a new array of it": ({ buffer, bytes }) => {
    const target = Object.defineProperty(function () {}.bind(null), "prototype", {
      get: () => (buffer.resize(0), Uint8Array.prototype),
    });
    return Reflect.construct(Uint8Array, [bytes], target).length;
  },
  "a new array over it": ({ buffer }) => {
    const target = Object.defineProperty(function () {}.bind(null), "prototype", {
      get: () => (buffer.resize(0), Uint8Array.prototype),
    });
    return Reflect.construct(Uint8Array, [buffer], target).length;
  },
  "a big integer for an index": () => new BigInt64Array(2).with(9, 1),
};

export async function run(log) {
  for (const [change, apply] of Object.entries(CHANGES)) {
    for (const [view, make] of Object.entries(VIEWS)) {
      for (const [reader, read] of Object.entries(READERS)) {
        const made = growable();
        const bytes = make(made);
        apply(made);
        log(
          `${reader}: ${view}, ${change}`,
          attempt(() => read(bytes)),
        );
      }
      for (const [writer, write] of Object.entries(WRITERS)) {
        const made = growable();
        const bytes = make(made);
        apply(made);
        const result = attempt(() => write(bytes));
        const content = () => (writer === "random" ? made.bytes.length : Array.from(made.bytes).join());
        log(`${writer}: ${view}, ${change}`, [result, attempt(content)]);
      }
    }
  }
  for (const [name, act] of Object.entries(DURING)) {
    const made = growable();
    log(`during: ${name}`, [attempt(() => act(made)), attempt(() => Array.from(made.bytes).join())]);
  }
  const { buffer, bytes } = growable();
  const digest = crypto.subtle.digest("SHA-256", bytes);
  buffer.resize(0);
  log("a digest of what was there", await eventually(digest));
  log(
    "a gzip of what follows",
    attempt(() => gunzipSync(gzipSync(growable().bytes)).length),
  );
  rmSync(folder, { recursive: true });
}
