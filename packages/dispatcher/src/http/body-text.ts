import { bodyFields, isTextType } from "./body.js";
import type { HttpHeader } from "./exchange.js";

/** A body in pieces, as a result holds it. */
export function bodyText(
  chunks: readonly (string | Uint8Array)[],
  headers: readonly HttpHeader[],
): { readonly body: string; readonly isBase64Encoded: boolean } {
  if (chunks.length === 0) return { body: "", isBase64Encoded: false };
  const type = valueOf(headers, "content-type");
  const encoding = valueOf(headers, "content-encoding");
  // Text that was never bytes need not become them on its way.
  if (chunks.every((chunk) => typeof chunk === "string") && isTextType(type, encoding)) {
    return { body: chunks.length === 1 ? chunks[0]! : chunks.join(""), isBase64Encoded: false };
  }
  const bytes =
    chunks.length === 1 && typeof chunks[0] !== "string"
      ? chunks[0]!
      : Buffer.concat(chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk)));
  return bodyFields(bytes, type, encoding);
}

function valueOf(headers: readonly HttpHeader[], name: string): string | undefined {
  for (const [field, value] of headers) if (field === name) return value;
  return undefined;
}
