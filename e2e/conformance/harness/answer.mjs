// An answer in the form in which both sides are compared.
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** Not compared: the moment of the answer, and what belongs to one connection and not to the response. */
export const IGNORED_HEADERS = ["date", "connection", "keep-alive", "transfer-encoding"];

/**
 * @typedef {object} HttpAnswer
 * @property {number} status
 * @property {Record<string, string>} headers lower-case names, the values of a name joined as HTTP joins them
 * @property {string[]} cookies every Set-Cookie, in order
 * @property {Buffer} body
 */

/**
 * @param {import("./wire.mjs").WireResponse} response
 * @param {string} method
 * @returns {HttpAnswer}
 */
export function answerOfWire({ status, fields, body }, method) {
  return normalise({ status, fields, body, method });
}

/**
 * The answer that a Function URL makes of what the function returned.
 * @param {any} result the structured result of payload format 2.0
 * @param {string} method
 * @returns {HttpAnswer}
 */
export function answerOfResult(result, method) {
  const fields = [
    ...Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
    ...(result.cookies ?? []).map((cookie) => ["set-cookie", cookie]),
  ];
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8");
  return normalise({ status: result.statusCode, fields, body, method });
}

function normalise({ status, fields, body, method }) {
  const headers = /** @type {Record<string, string>} */ ({});
  const cookies = [];
  for (const [field, value] of fields) {
    const name = field.toLowerCase();
    if (IGNORED_HEADERS.includes(name)) continue;
    if (name === "set-cookie") cookies.push(value);
    else headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const encoding = headers["content-encoding"];
  const content = decompress(encoding, body);
  // A gateway knows the length of a buffered body where Node streamed it in chunks.
  const hasBody = method !== "HEAD" && status !== 204 && status !== 304;
  if (hasBody && (encoding !== undefined || headers["content-length"] === undefined)) {
    headers["content-length"] = String(content.length);
  }
  return { status, headers, cookies, body: content };
}

/**
 * Two deflate implementations need not choose the same bytes, so a compressed body is compared by what it holds; the
 * Content-Encoding itself is compared like every header.
 */
function decompress(encoding, body) {
  if (body.length === 0) return body;
  if (encoding === "gzip") return gunzipSync(body);
  if (encoding === "deflate") return inflateSync(body);
  if (encoding === "br") return brotliDecompressSync(body);
  return body;
}
