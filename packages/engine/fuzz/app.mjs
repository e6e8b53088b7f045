// The app that the fuzzer calls: each function hands its input, a string, to another part of the engine.
import { createHash } from "node:crypto";
import { gunzipSync, inflateRawSync } from "node:zlib";

const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

const functions = {
  json: (text) => JSON.stringify(JSON.parse(text)),
  reviver: (text) =>
    JSON.stringify(
      JSON.parse(text, (_key, value) => value),
      null,
      2,
    ),
  clone: (text) => JSON.stringify(structuredClone(JSON.parse(text))),
  regexp: (text) => String(new RegExp(text.slice(0, 60), text.length % 2 ? "u" : "gi").exec(text)),
  replace: (text) =>
    text
      .replace(/(\w+)\s*(.)/gs, "$2$1$<name>$$$&")
      .normalize("NFKD")
      .toUpperCase(),
  buffer: (text) => Buffer.from(Buffer.from(text, "base64").toString("hex"), "hex").toString("base64"),
  decode: (text) => new TextDecoder().decode(bytes(text)),
  url: (text) => new URL(text, "https://example.com/a/b?c#d").href,
  search: (text) => String(new URLSearchParams(text)),
  headers: (text) => JSON.stringify([...new Headers([["x-a", text]])]),
  base64: (text) => btoa(atob(text)),
  date: (text) => String(new Date(text).getTime()),
  number: (text) => String([parseFloat(text), Number(text), parseInt(text, 36)]),
  integer: (text) => String(BigInt(text.slice(0, 400)) ** 3n),
  gunzip: (text) => gunzipSync(bytes(text)).length,
  inflate: (text) => inflateRawSync(bytes(text)).length,
  hash: (text) => createHash("sha256").update(text).digest("hex"),
  run: (text) => String(new Function(text.slice(0, 200))()),
  blob: async (text) => (await new Blob([text, bytes(text)]).text()).length,
  log: (text) => (process.stdout.write(""), console.assert(true, text), text),
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
