import { deflateSync, gunzipSync, gzipSync, strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import iconv from "iconv-lite";
import * as pako from "pako";

const text = "the quick brown fox ".repeat(200);
const hex = (bytes) => Buffer.from(bytes).toString("hex");

export const cases = {
  "fflate there and back": () => strFromU8(gunzipSync(gzipSync(strToU8(text), { mtime: 0 }))) === text,
  "fflate's bytes": () => [1, 6, 9].map((level) => hex(deflateSync(strToU8(text), { level }))),
  "fflate's zip": () => {
    const files = unzipSync(zipSync({ "a.txt": strToU8("a"), d: { "b.txt": strToU8(text) } }));
    return Object.entries(files).map(([name, bytes]) => [name, bytes.length]);
  },
  "fflate refuses": () => gunzipSync(new Uint8Array([1, 2, 3])),
  "pako's bytes": () => [1, 6, 9].map((level) => hex(pako.deflate(text, { level }))),
  "pako there and back": () => pako.ungzip(pako.gzip(text), { to: "string" }) === text,
  "pako in pieces": () => {
    const inflator = new pako.Inflate({ to: "string" });
    const bytes = pako.deflate(text);
    for (let at = 0; at < bytes.length; at += 7)
      inflator.push(bytes.subarray(at, at + 7), at + 7 >= bytes.length);
    return [inflator.err, inflator.result === text];
  },
  "pako raw": () => hex(pako.deflateRaw("hello", { windowBits: 9 })),
  "pako refuses": () => pako.inflate(new Uint8Array([1, 2, 3])),
  "charsets encode": () =>
    [
      "win1252",
      "iso-8859-15",
      "utf16le",
      "utf-16",
      "koi8-r",
      "Shift_JIS",
      "gb18030",
      "big5",
      "euc-kr",
      "utf7",
      "cp437",
    ].map((name) => hex(iconv.encode("grüße € 日本 я", name))),
  "charsets decode": () => [
    iconv.decode(Buffer.from("e4f6fc80", "hex"), "win1252"),
    iconv.decode(Buffer.from("93fa967b", "hex"), "sjis"),
    iconv.decode(Buffer.from("feff00e4", "hex"), "utf16"),
    iconv.decode(Buffer.from("+AOQ-"), "utf7"),
  ],
  "charsets that are there": () => [
    iconv.encodingExists("latin1"),
    iconv.encodingExists("none"),
    iconv.encodingExists("UTF-8"),
  ],
  "an unknown charset": () => iconv.decode(Buffer.from("x"), "none"),
  "marks of order": () => [
    hex(iconv.encode("a", "utf8", { addBOM: true })),
    iconv.decode(Buffer.from("efbbbf61", "hex"), "utf8"),
    iconv.decode(Buffer.from("efbbbf61", "hex"), "utf8", { stripBOM: false }).length,
  ],
};
