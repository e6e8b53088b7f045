/** The engine's numbers for the encodings; the order is the engine's. */
export const UTF8 = 0;
export const UTF16 = 1;
export const LATIN1 = 2;
export const ASCII = 3;
export const BASE64 = 4;
export const BASE64URL = 5;
export const HEX = 6;

/** @returns the encoding's number, undefined for a name that is none */
export function encodingNumber(name: string): number | undefined {
  switch (name) {
    case "utf8":
    case "utf-8":
      return UTF8;
    case "latin1":
    case "binary":
      return LATIN1;
    case "hex":
      return HEX;
    case "base64":
      return BASE64;
    case "base64url":
      return BASE64URL;
    case "ascii":
      return ASCII;
    case "ucs2":
    case "ucs-2":
    case "utf16le":
    case "utf-16le":
      return UTF16;
    default: {
      const lower = name.toLowerCase();
      return lower === name ? undefined : encodingNumber(lower);
    }
  }
}

/** Bytes that a text takes, without making them. `utf8` counts in the engine. */
export function lengthOf(text: string, encoding: number): number {
  switch (encoding) {
    case UTF16:
      return text.length * 2;
    case HEX:
      return text.length >>> 1;
    case BASE64:
    case BASE64URL: {
      let length = text.length;
      if (text.charCodeAt(length - 1) === 0x3d) length--;
      if (length > 1 && text.charCodeAt(length - 1) === 0x3d) length--;
      return (length * 3) >>> 2;
    }
    default:
      return text.length;
  }
}
