// How a corpus writes its requests down: `get("/x")`, `post("/x", json({ a: 1 }))`, with a name where the target is none.

/**
 * @typedef {object} CorpusRequest
 * @property {string} name
 * @property {string} method
 * @property {string} path as on the request line: percent-encoded, with its query
 * @property {Readonly<Record<string, string>>} headers lower-case names
 * @property {Buffer | undefined} body
 */

/** @typedef {{ readonly headers?: Readonly<Record<string, string>>, readonly body?: Buffer, readonly name?: string }} RequestPart */

/**
 * @param {string} method
 * @param {string} path
 * @param {...RequestPart} parts headers, a body with its type, a name; later ones win
 * @returns {CorpusRequest}
 */
export function request(method, path, ...parts) {
  const headers = Object.assign({}, ...parts.map((part) => part.headers));
  const body = parts.findLast((part) => part.body !== undefined)?.body;
  const name = parts.findLast((part) => part.name !== undefined)?.name;
  return { name: name ?? `${method} ${path}`, method, path, headers, body };
}

/** @typedef {(path: string, ...parts: RequestPart[]) => CorpusRequest} RequestOf */

/** @type {(method: string) => RequestOf} */
const withMethod =
  (method) =>
  (path, ...parts) =>
    request(method, path, ...parts);

export const get = withMethod("GET");
export const head = withMethod("HEAD");
export const post = withMethod("POST");
export const put = withMethod("PUT");
export const patch = withMethod("PATCH");
export const del = withMethod("DELETE");
export const options = withMethod("OPTIONS");

/** @param {string} name @returns {RequestPart} */
export const named = (name) => ({ name });

/** @param {Readonly<Record<string, string>>} fields @returns {RequestPart} */
export const headers = (fields) => ({ headers: fields });

/** @param {unknown} value @returns {RequestPart} */
export const json = (value) => text("application/json", JSON.stringify(value));

/** @param {string | Record<string, string> | [string, string][]} fields @returns {RequestPart} */
export const form = (fields) =>
  text("application/x-www-form-urlencoded", new URLSearchParams(fields).toString());

/** @param {string} type @param {string} content @returns {RequestPart} */
export const text = (type, content) => bytes(type, Buffer.from(content));

/** @param {string} type @param {Uint8Array} content @returns {RequestPart} */
export const bytes = (type, content) => ({ headers: { "content-type": type }, body: Buffer.from(content) });

/** @typedef {{ name: string, value: string | Uint8Array, filename?: string, type?: string }} FormPart */

/** @param {readonly FormPart[]} parts @returns {RequestPart} */
export function multipart(parts) {
  // A fixed boundary: both sides must get the same bytes.
  const boundary = "----conformance7d93b1c4";
  const chunks = parts.flatMap(({ name, value, filename, type }) => {
    const file = filename === undefined ? "" : `; filename="${filename}"`;
    const contentType = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType}\r\n`;
    return [Buffer.from(head), Buffer.from(value), Buffer.from("\r\n")];
  });
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return bytes(`multipart/form-data; boundary=${boundary}`, body);
}

/** Bytes that look random and are the same everywhere. @param {number} length */
export function noise(length) {
  const content = Buffer.alloc(length);
  let state = 0x2545f491;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    content[i] = state >>> 24;
  }
  return content;
}
