import { TextDecoder, TextEncoder } from "./text-coding.js";
import { type ReadableStream, streams } from "./streams.js";
import type { Any } from "../internal/any.js";
import { cloned } from "../internal/cloning.js";
import { invalidArgType, nodeError } from "../internal/errors.js";

const encoder = new TextEncoder();
/** Of the pieces in which a blob is streamed, as Node has it. */
const PIECE_BYTES = 65_536;

/** Bytes that do not change, with a media type. */
export class Blob {
  #bytes: Uint8Array;
  readonly #type: string;

  constructor(sources: Any = [], options: Any = {}) {
    if (sources === null || typeof sources !== "object" || typeof sources[Symbol.iterator] !== "function") {
      const error = invalidArgType("sources", "sequence", sources) as Error;
      error.message = error.message.replace(/must be [^.]*\./, "must be a sequence.");
      throw error;
    }
    const endings = String(options?.endings ?? "transparent");
    this.#bytes = join(Array.from(sources as Iterable<unknown>, (part) => bytesOf(part, endings)));
    const type = options?.type === undefined ? "" : String(options.type);
    this.#type = /[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase();
  }

  get size(): number {
    return this.#bytes.length;
  }

  get type(): string {
    return this.#type;
  }

  slice(start = 0, end = this.#bytes.length, type = ""): Blob {
    const part = new Blob([], { type });
    part.#bytes = this.#bytes.subarray(
      clamp(start, this.size),
      Math.max(clamp(start, this.size), clamp(end, this.size)),
    );
    return part;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer as ArrayBuffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#bytes.slice();
  }

  stream(): ReadableStream<Uint8Array> {
    const bytes = this.#bytes;
    let at = 0;
    return new (streams().ReadableStream)({
      type: "bytes",
      pull(controller: Any) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += PIECE_BYTES)));
        if (at >= bytes.length) {
          controller.close();
          controller.byobRequest?.respond(0);
        }
      },
    } as Any) as ReadableStream<Uint8Array>;
  }

  /** The bytes themselves, for who does not change them. */
  static read(blob: Blob): Uint8Array {
    return blob.#bytes;
  }

  get [Symbol.toStringTag](): string {
    return "Blob";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    return `Blob ${inspect({ size: this.size, type: this.type }, { ...options, depth })}`;
  }
}

// A file is cloned as the blob that it is, as in Node.
cloned(Blob, (blob) => blob.slice(0, blob.size, blob.type));

/** A blob with a name. */
export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(sources: Any, name: Any, options: Any = {}) {
    if (arguments.length < 2) {
      throw nodeError(
        TypeError,
        "ERR_MISSING_ARGS",
        'The "fileBits" and "fileName" arguments must be specified',
      );
    }
    super(sources, options);
    this.#name = String(name).toWellFormed();
    this.#lastModified =
      options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified)) || 0;
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

  override get [Symbol.toStringTag](): string {
    return "File";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, { ...options, depth })}`;
  }
}

function bytesOf(part: Any, endings: string): Uint8Array {
  if (part instanceof Blob) return Blob.read(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (part instanceof ArrayBuffer || part instanceof SharedArrayBuffer) return new Uint8Array(part);
  const text = String(part);
  return encoder.encode(endings === "native" ? text.replace(/\r?\n|\r/g, "\n") : text);
}

/** One copy of all pieces. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** An index of `slice`: from the end when negative. */
function clamp(index: number, size: number): number {
  return index < 0 ? Math.max(size + index, 0) : Math.min(index, size);
}
