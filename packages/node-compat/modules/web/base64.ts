import { fromText, toText } from "laconic:node";
import { BASE64, LATIN1 } from "../buffer/encodings.js";
import { missingArgs } from "../internal/errors.js";
import { DOMException } from "./dom-exception.js";

/** Text of base64 as the text of its bytes, a character each. */
export function atob(input: string): string {
  if (arguments.length === 0) throw missingArgs("input");
  const padded = `${input}`.replace(/[\t\n\f\r ]+/g, "");
  const text = padded.replace(/==?$/, "");
  const isPadded = text.length < padded.length;
  const isWhole = /^[A-Za-z0-9+/]*$/.test(text);
  if (!isWhole || text.length % 4 === 1 || (isPadded && padded.length % 4 !== 0)) {
    const isCutOff = isWhole && text.length % 4 === 1;
    const message = isCutOff ? "The string to be decoded is not correctly encoded." : "Invalid character";
    throw new DOMException(message, "InvalidCharacterError");
  }
  const bytes = new Uint8Array(fromText(text, BASE64));
  return toText(bytes, LATIN1, 0, bytes.length);
}

/** The opposite; a character is a byte, and none is more. */
export function btoa(input: string): string {
  if (arguments.length === 0) throw missingArgs("input");
  const text = `${input}`;
  if (/[^\0-\xff]/.test(text)) throw new DOMException("Invalid character", "InvalidCharacterError");
  const bytes = new Uint8Array(fromText(text, LATIN1));
  return toText(bytes, BASE64, 0, bytes.length);
}
