import { fromText, isUtf8, toText, writeText } from "laconic:node";
import { UTF16, UTF8 } from "../buffer/encodings.js";
import { wholeUtf8 } from "../buffer/partial.js";
import type {} from "../internal/lazy.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";

/** The labels of the encodings of Unicode (Encoding Standard, "names and labels"). */
const LABELS: Readonly<Record<string, string>> = {
  "utf-8": "unicode-1-1-utf-8|unicode11utf8|unicode20utf8|utf-8|utf8|x-unicode20utf8",
  "utf-16le": "csunicode|iso-10646-ucs-2|ucs-2|unicode|unicodefeff|utf-16|utf-16le",
  "utf-16be": "unicodefffe|utf-16be",
};

function encodingOf(label: unknown): string {
  const wanted = `${label}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").toLowerCase();
  for (const [name, labels] of Object.entries(LABELS)) if (labels.split("|").includes(wanted)) return name;
  const legacy = (require("./legacy-encodings.js") as Legacy).encodingOf(wanted);
  if (legacy !== undefined) return legacy;
  throw nodeError(RangeError, "ERR_ENCODING_NOT_SUPPORTED", `The "${label}" encoding is not supported`);
}

type Legacy = typeof import("laconic:encodings");

const NONE = new Uint8Array(0);

export class TextDecoder {
  readonly #encoding: string;
  readonly #isFatal: boolean;
  readonly #ignoresMark: boolean;
  /** What waits for the rest of its character. */
  #rest = NONE;
  #isStarted = false;
  /** What decodes an encoding that is not of Unicode. */
  #legacy: InstanceType<Legacy["Decoder"]> | undefined;

  constructor(label: unknown = "utf-8", options: Any = {}) {
    this.#encoding = encodingOf(label);
    if (options !== null && typeof options !== "object" && typeof options !== "function") {
      throw invalidArgType("options", "object", options);
    }
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
    if (!(this.#encoding in LABELS)) return this.#decodeLegacy(bytes, isLast);
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
      default: {
        const units = this.#encoding === "utf-16be" ? swapped(bytes, end) : bytes;
        const text = toText(units, UTF16, 0, end & ~1);
        const isBroken = end % 2 === 1 || !text.isWellFormed();
        if (isBroken && this.#isFatal) throw this.#invalid();
        return text.toWellFormed() + (end % 2 === 1 ? "\ufffd" : "");
      }
    }
  }

  #decodeLegacy(bytes: Uint8Array, isLast: boolean): string {
    const { Decoder } = require("./legacy-encodings.js") as Legacy;
    const decoder = (this.#legacy ??= new Decoder(this.#encoding, this.#isFatal));
    const text = decoder.decode(bytes, isLast);
    if (isLast || text === undefined) this.#legacy = undefined;
    if (text === undefined) throw this.#invalid();
    return text;
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
  throw nodeError(
    TypeError,
    "ERR_INVALID_ARG_TYPE",
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.',
  );
}

function wholeLength(bytes: Uint8Array, encoding: string): number {
  if (encoding === "utf-8") return wholeUtf8(bytes);
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
