const TEXT_TYPE =
  /^(?:text\/|application\/(?:json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-yaml|toml|x-ndjson|ndjson|sql)\b|[\w.-]+\/[\w.-]+\+(?:json|xml|yaml)\b)/i;
const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json\b/i;

export function isJsonType(contentType: string): boolean {
  // Compared first: in the engine, a regular expression costs more than the rest of a small response together.
  return contentType === "application/json" || JSON_TYPE.test(contentType.trimStart());
}

/** Whether a body of this type travels as text; everything else, and every compressed body, travels as base64. */
export function isTextType(contentType: string | undefined, contentEncoding: string | undefined): boolean {
  if (contentEncoding === undefined && contentType === "application/json") return true;
  if (contentEncoding !== undefined && !/^\s*(?:identity\s*)?$/i.test(contentEncoding)) return false;
  return contentType === undefined || TEXT_TYPE.test(contentType.trimStart());
}

/** @returns the text, or undefined when the bytes are not UTF-8 (so text never loses a byte on its way). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A response body of these bytes, as a result holds it. */
export function bodyFields(
  bytes: Uint8Array,
  contentType: string | undefined,
  contentEncoding: string | undefined,
): { readonly body: string; readonly isBase64Encoded: boolean } {
  const text = isTextType(contentType, contentEncoding) ? decodeUtf8(bytes) : undefined;
  return { body: text ?? toBase64(bytes), isBase64Encoded: text === undefined && bytes.length > 0 };
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** @returns the bytes, or undefined when `text` is not base64. Decoders skip what they do not know, so lengths are compared. */
export function fromBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  if (digits % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return undefined;
  try {
    const bytes = Buffer.from(text, "base64");
    return bytes.length === Math.floor((digits * 3) / 4) ? bytes : undefined;
  } catch {
    return undefined;
  }
}
