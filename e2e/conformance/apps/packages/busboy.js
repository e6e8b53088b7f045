import { Readable } from "node:stream";
import busboy from "busboy";

const BOUNDARY = "----x";
const part = (head, body) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const FORM =
  part('name="a"', "1") +
  part('name="ü"', "grüße") +
  part('name="f"; filename="a.txt"\r\nContent-Type: text/plain', "file content") +
  part('name="g"; filename="b.bin"', "x".repeat(5000)) +
  `--${BOUNDARY}--\r\n`;

function parse(body, headers, options = {}, size = 64) {
  return new Promise((resolve, reject) => {
    const seen = [];
    const parser = busboy({ headers, ...options });
    parser.on("field", (name, value, info) => seen.push(["field", name, value, info]));
    parser.on("file", (name, stream, info) => {
      let length = 0;
      stream.on("data", (chunk) => (length += chunk.length));
      stream.on("limit", () => seen.push(["limit", name]));
      stream.on("close", () => seen.push(["file", name, length, stream.truncated ?? false, info]));
    });
    for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"])
      parser.on(limit, () => seen.push([limit]));
    parser.on("error", reject);
    parser.on("close", () => resolve(seen));
    const bytes = Buffer.from(body);
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    Readable.from(pieces).pipe(parser);
  });
}

const multipart = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

export const cases = {
  "a form": () => parse(FORM, multipart),
  "in pieces of one byte": () => parse(FORM, multipart, {}, 1),
  "in one piece": () => parse(FORM, multipart, {}, 1 << 20),
  "limits of a file": () => parse(FORM, multipart, { limits: { fileSize: 100 } }),
  "limits of files": () => parse(FORM, multipart, { limits: { files: 1 } }),
  "limits of fields": () => parse(FORM, multipart, { limits: { fields: 1, fieldSize: 1 } }),
  "another charset": () =>
    parse(part('name="a"\r\nContent-Type: text/plain; charset=latin1', "x") + `--${BOUNDARY}--`, multipart),
  "a form that ends early": () => parse(FORM.slice(0, 200), multipart),
  urlencoded: () => parse("a=1&b=%C3%BC&c=d+e&a=2&empty=&=none&%ZZ=x", urlencoded, {}, 3),
  "no boundary": () => parse("", { "content-type": "multipart/form-data" }),
  "no type": () => parse("", {}),
  "an unknown type": () => parse("", { "content-type": "text/plain" }),
};
