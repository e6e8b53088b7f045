// The app that the fuzzer calls: each function hands its input, a string, to another part of the engine.
import { digest } from "laconic:crypto";
import { Decoder } from "laconic:encodings";
import { fromText, toText } from "laconic:node";
import { change, parse } from "laconic:url";
import { open } from "laconic:zlib";

/** Node's numbers of the ways to decompress, and of the last call. */
const GUNZIP = 4;
const INFLATE_RAW = 6;
const FINISH = 4;

function decompress(mode, input) {
  const codec = open(mode, 15, 6, 8, 0, undefined);
  const failure = codec.write(FINISH, input, 0, input.length, new Uint8Array(1 << 16), 0, new Uint32Array(2));
  codec.close();
  return failure ? failure.message : "decompressed";
}

const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

const functions = {
  json: (text) => JSON.stringify(JSON.parse(text)),
  reviver: (text) =>
    JSON.stringify(
      JSON.parse(text, (_key, value) => value),
      null,
      2,
    ),
  regexp: (text) => String(new RegExp(text.slice(0, 60), text.length % 2 ? "u" : "gi").exec(text)),
  replace: (text) =>
    text
      .replace(/(\w+)\s*(.)/gs, "$2$1$<name>$$$&")
      .normalize("NFKD")
      .toUpperCase(),
  decode: (text) =>
    ["gb18030", "shift_jis", "iso-2022-jp", "euc-kr", "big5"]
      .map((label) => new Decoder(label, false).decode(bytes(text), true))
      .join(),
  url: (text) => String(parse(text, "https://example.com/a/b?c#d")),
  urlPart: (text) =>
    ["protocol", "host", "hostname", "port", "pathname", "search", "hash"]
      .map((part) => change("https://u:p@example.com:8/a?b#c", part, text)[0])
      .join(),
  codec: (text) =>
    [0, 1, 2, 3, 4, 5, 6]
      .map((encoding) => {
        const encoded = new Uint8Array(fromText(text, encoding));
        return toText(encoded, encoding, encoded.length >> 2, encoded.length);
      })
      .join(),
  date: (text) => String(new Date(text).getTime()),
  number: (text) => String([parseFloat(text), Number(text), parseInt(text, 36)]),
  integer: (text) => String(BigInt(text.slice(0, 400)) ** 3n),
  gunzip: (text) => decompress(GUNZIP, bytes(text)),
  inflate: (text) => decompress(INFLATE_RAW, bytes(text)),
  hash: (text) => new Uint8Array(digest("sha256", bytes(text))).join(),
  run: (text) => String(new Function(text.slice(0, 200))()),
  log: (text) => (process.stdout.write(""), console.debug({ text }), console.assert(true, text), text),
  fail: (text) => {
    throw Object.assign(new Error(text), { name: text.slice(0, 20), cause: text });
  },
  reject: async (text) => {
    await null;
    throw text;
  },
  never: () => new Promise(() => {}),
  late: (text) => new Promise((resolve) => setTimeout(resolve, 0, text)),
  array: (text) => bytes(text),
  body: (text) => ({ body: bytes(text), contentType: text }),
};

export function Lambda(name, event, context) {
  const handler = functions[name];
  if (!handler) {
    throw Object.assign(new Error(`No function "${name}"`), {
      code: "LAC3001",
      errorType: "UnknownFunction",
    });
  }
  const result = handler(event, context);
  return typeof result === "number" ? String(result) : result;
}
