import { toText } from "laconic:node";
import { UTF8 } from "./buffer/encodings.js";

type Primitive = string | number | bigint | boolean | null | undefined;

export interface ParseOptions {
  readonly decodeURIComponent?: (text: string) => string;
  /** Most keys that are read; 0 for all. */
  readonly maxKeys?: number;
}

export interface StringifyOptions {
  readonly encodeURIComponent?: (text: string) => string;
}

const UNRESERVED = /^[\w\-.!~*'()]*$/;
const SURROGATE = /[\ud800-\udfff]/;

/** Percent-encodes as `encodeURIComponent` does. @throws ERR_INVALID_URI for half a surrogate pair at the end */
export function escape(text: unknown): string {
  const string =
    typeof text === "string" ? text : typeof text === "object" ? String(text) : (text as string) + "";
  if (UNRESERVED.test(string)) return string;
  if (SURROGATE.test(string) && !string.isWellFormed()) return escapeHalfPairs(string);
  return encodeURIComponent(string);
}

/** Half a surrogate pair takes whatever follows it for its other half, as in Node; at the end there is nothing to take. */
function escapeHalfPairs(text: string): string {
  let escaped = "";
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if ((unit & 0xf800) !== 0xd800) {
      escaped += encodeURIComponent(text[index]!);
      continue;
    }
    if (++index >= text.length) throw malformed();
    const code = 0x10000 + (((unit & 0x3ff) << 10) | (text.charCodeAt(index) & 0x3ff));
    escaped += encodeURIComponent(String.fromCodePoint(code));
  }
  return escaped;
}

function malformed(): URIError {
  return Object.assign(new URIError("URI malformed"), { code: "ERR_INVALID_URI" });
}

/** Decodes what is well-formed percent-encoding and leaves the rest as it is. Never throws. */
export function unescape(text: string, plusAsSpace = false): string {
  if (plusAsSpace) text = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = unescapedBytes(text);
    return toText(bytes, UTF8, 0, bytes.length);
  }
}

/** The bytes that a percent-encoded text stands for, one for each character that is not part of `%xx`. */
export function unescapeBuffer(text: string): Buffer {
  // The rest of the module needs no buffers.
  const { Buffer } = require("./buffer/buffer.js") as typeof import("node:buffer");
  const { buffer, length } = unescapedBytes(text);
  return Buffer.from(buffer, 0, length);
}

function unescapedBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const hex = text[index] === "%" ? text.slice(index + 1, index + 3) : "";
    const isEscape = hex.length === 2 && /^[\da-f]{2}$/i.test(hex);
    bytes[length++] = isEscape ? parseInt(hex, 16) : text.charCodeAt(index);
    if (isEscape) index += 2;
  }
  return bytes.subarray(0, length);
}

export function parse(
  text: string,
  separator = "&",
  equals = "=",
  options?: ParseOptions,
): Record<string, string | string[]> {
  const result = Object.create(null) as Record<string, string | string[]>;
  if (typeof text !== "string" || text.length === 0) return result;
  separator = separator ? `${separator}` : "&";
  equals = equals ? `${equals}` : "=";
  const decode = options?.decodeURIComponent ?? qs.unescape;
  const limit = typeof options?.maxKeys === "number" ? options.maxKeys : 1000;
  let count = 0;
  for (const pair of text.split(separator)) {
    if (limit > 0 && count >= limit) break;
    if (pair === "") continue;
    count++;
    const at = pair.indexOf(equals);
    const key = decoded(at < 0 ? pair : pair.slice(0, at), decode);
    const value = at < 0 ? "" : decoded(pair.slice(at + equals.length), decode);
    const earlier = result[key];
    if (earlier === undefined) result[key] = value;
    else if (typeof earlier === "string") result[key] = [earlier, value];
    else earlier.push(value);
  }
  return result;
}

/** Only what holds an escape is decoded at all: elsewhere, a letter beyond ASCII would be taken for a byte. */
function decoded(text: string, decode: (text: string) => string): string {
  const isOwn = decode !== unescape;
  const spaced = text.includes("+") ? text.replaceAll("+", isOwn ? "%20" : " ") : text;
  if (!isOwn && !/%[\da-f]{2}/i.test(spaced)) return spaced;
  try {
    return decode(spaced);
  } catch {
    return unescape(spaced, true);
  }
}

export function stringify(
  fields: unknown,
  separator = "&",
  equals = "=",
  options?: StringifyOptions,
): string {
  if (fields === null || typeof fields !== "object") return "";
  separator ||= "&";
  equals ||= "=";
  const encode = options?.encodeURIComponent ?? qs.escape;
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    const name = encode(primitive(key)) + equals;
    if (Array.isArray(value)) for (const one of value) pairs.push(name + encode(primitive(one as Primitive)));
    else pairs.push(name + encode(primitive(value as Primitive)));
  }
  return pairs.join(separator);
}

function primitive(value: Primitive): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : "";
  return typeof value === "bigint" || typeof value === "boolean" ? `${value}` : "";
}

export { parse as decode, stringify as encode };

/** What `require` gives. `parse` and `stringify` call its `escape` and `unescape`, which an app may replace. */
const qs = { decode: parse, encode: stringify, escape, parse, stringify, unescape, unescapeBuffer };
export default qs;
