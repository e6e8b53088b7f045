import { fromText, isUtf8, toText, writeText } from "laconic:node";
import { LATIN1, UTF16, UTF8 } from "../buffer/encodings.js";
import { wholeUtf8 } from "../buffer/partial.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";

/** The labels of the encodings that there are (Encoding Standard, "names and labels"). */
const LABELS: Readonly<Record<string, string>> = {
  "utf-8": "unicode-1-1-utf-8|unicode11utf8|unicode20utf8|utf-8|utf8|x-unicode20utf8",
  "utf-16le": "csunicode|iso-10646-ucs-2|ucs-2|unicode|unicodefeff|utf-16|utf-16le",
  "utf-16be": "unicodefffe|utf-16be",
  "windows-1252":
    "ansi_x3.4-1968|ascii|cp1252|cp819|csisolatin1|ibm819|iso-8859-1|iso-ir-100|iso8859-1|iso88591|iso_8859-1|" +
    "iso_8859-1:1987|l1|latin1|us-ascii|windows-1252|x-cp1252",
};

/** What windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters. */
const C1 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

function encodingOf(label: unknown): string {
  const wanted = `${label}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").toLowerCase();
  for (const [name, labels] of Object.entries(LABELS)) if (labels.split("|").includes(wanted)) return name;
  throw nodeError(RangeError, "ERR_ENCODING_NOT_SUPPORTED", `The "${label}" encoding is not supported`);
}

const NONE = new Uint8Array(0);

export class TextDecoder {
  readonly #encoding: string;
  readonly #isFatal: boolean;
  readonly #ignoresMark: boolean;
  /** What waits for the rest of its character. */
  #rest = NONE;
  #isStarted = false;

  constructor(label: unknown = "utf-8", options: Any = {}) {
    this.#encoding = encodingOf(label);
    this.#isFatal = Boolean(options?.fatal);
    this.#ignoresMark = Boolean(options?.ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }
  get fatal(): boolean {
    return this.#isFatal;
  }
  get ignoreBOM(): boolean {
    return this.#ignoresMark;
  }

  decode(input: Any = NONE, options: Any = {}): string {
    let bytes = bytesOf(input);
    const isLast = !options?.stream;
    if (this.#rest.length > 0) {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
      this.#rest = NONE;
    }
    const whole = isLast ? bytes.length : wholeLength(bytes, this.#encoding);
    if (whole < bytes.length) this.#rest = bytes.slice(whole);
    let text = this.#text(bytes, whole);
    if (!this.#isStarted && text !== "") {
      if (!this.#ignoresMark && this.#encoding.startsWith("utf") && text.charCodeAt(0) === 0xfeff)
        text = text.slice(1);
      this.#isStarted = true;
    }
    if (isLast) this.#isStarted = false;
    return text;
  }

  #text(bytes: Uint8Array, end: number): string {
    switch (this.#encoding) {
      case "utf-8":
        if (this.#isFatal && !isUtf8(bytes.subarray(0, end))) throw this.#invalid();
        return toText(bytes, UTF8, 0, end);
      case "windows-1252":
        return toText(bytes, LATIN1, 0, end).replace(
          /[\x80-\x9f]/g,
          (letter) => C1[letter.charCodeAt(0) - 0x80]!,
        );
      default: {
        const units = this.#encoding === "utf-16be" ? swapped(bytes, end) : bytes;
        const text = toText(units, UTF16, 0, end & ~1);
        const isBroken = end % 2 === 1 || !text.isWellFormed();
        if (isBroken && this.#isFatal) throw this.#invalid();
        return text.toWellFormed() + (end % 2 === 1 ? "\ufffd" : "");
      }
    }
  }

  #invalid(): Error {
    this.#rest = NONE;
    this.#isStarted = false;
    return nodeError(
      TypeError,
      "ERR_ENCODING_INVALID_ENCODED_DATA",
      `The encoded data was not valid for encoding ${this.#encoding}`,
    );
  }

  get [Symbol.toStringTag](): string {
    return "TextDecoder";
  }
}

function bytesOf(input: Any): Uint8Array<ArrayBuffer> {
  if (input instanceof Uint8Array) return input as Uint8Array<ArrayBuffer>;
  if (ArrayBuffer.isView(input))
    return new Uint8Array(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer)
    return new Uint8Array(input as ArrayBuffer);
  throw invalidArgType("list", ["ArrayBuffer", "ArrayBufferView"], input);
}

function wholeLength(bytes: Uint8Array, encoding: string): number {
  if (encoding === "utf-8") return wholeUtf8(bytes);
  if (encoding === "windows-1252") return bytes.length;
  const even = bytes.length & ~1;
  const high = even >= 2 ? bytes[encoding === "utf-16be" ? even - 2 : even - 1]! : 0;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}

function swapped(bytes: Uint8Array, end: number): Uint8Array {
  const units = new Uint8Array(end);
  for (let index = 0; index + 1 < end; index += 2) {
    units[index] = bytes[index + 1]!;
    units[index + 1] = bytes[index]!;
  }
  return units;
}

export class TextEncoder {
  get encoding(): string {
    return "utf-8";
  }

  encode(text: unknown = ""): Uint8Array {
    return new Uint8Array(fromText(`${text}`, UTF8));
  }

  encodeInto(text: unknown, target: Any): { read: number; written: number } {
    if (typeof text !== "string") throw invalidArgType("src", "string", text);
    if (!(target instanceof Uint8Array)) throw invalidArgType("dest", "Uint8Array", target);
    const written = writeText(target, text, UTF8, 0, target.length);
    // Half a pair was replaced by one character: the text that was written is as long as the one that was read.
    return { read: toText(target, UTF8, 0, written).length, written };
  }

  get [Symbol.toStringTag](): string {
    return "TextEncoder";
  }
}
