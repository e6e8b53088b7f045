import { TextDecoder, TextEncoder } from "./text-coding.js";
import { type ReadableStream, streams } from "./streams.js";
import type { Any } from "../internal/any.js";
import { URLSearchParams } from "./url-search-params.js";
import { Blob, join } from "./blob.js";
import { FormData } from "./form-data.js";
import { encodeForm, decodeForm } from "./multipart.js";

const encoder = new TextEncoder();

/** What a request or a response carries: bytes that are there already, or a stream of them. */
export interface Content {
  /** Absent once the content has become a stream. */
  bytes?: Uint8Array | undefined;
  stream?: ReadableStream<Uint8Array> | undefined;
  /** Bytes that are still coming in: what becomes of them depends on how they are asked for. */
  readonly arriving?: Arriving | undefined;
  /** Bytes, when known. */
  readonly length: number | undefined;
  /** The media type that the kind of content implies. */
  readonly type: string | undefined;
  /** Its bytes were handed out. */
  used: boolean;
}

/** A body that comes from the network. */
export interface Arriving {
  collect(): Promise<Uint8Array>;
  open(): ReadableStream<Uint8Array>;
}

/** @returns what a body's initialiser stands for. @throws TypeError for a stream that somebody reads already */
export function contentOf(source: Any): Content {
  const of = (bytes: Uint8Array, type?: string): Content => ({
    bytes,
    length: bytes.length,
    type,
    used: false,
  });
  if (typeof source === "string") return of(encoder.encode(source), "text/plain;charset=UTF-8");
  if (source instanceof Blob) return of(Blob.read(source), source.type || undefined);
  if (source instanceof FormData) {
    const { bytes, type } = encodeForm(source);
    return of(bytes, type);
  }
  if (source instanceof URLSearchParams) {
    return of(encoder.encode(String(source)), "application/x-www-form-urlencoded;charset=UTF-8");
  }
  if (ArrayBuffer.isView(source)) {
    return of(new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice());
  }
  if (source instanceof ArrayBuffer) return of(new Uint8Array(source).slice());
  if (typeof source?.getReader === "function" && source instanceof streams().ReadableStream) {
    if (source.locked || isDisturbed(source)) {
      throw new TypeError("Response body object should not be disturbed or locked");
    }
    return { stream: source, length: undefined, type: undefined, used: false };
  }
  if (typeof source?.[Symbol.asyncIterator] === "function") {
    return {
      stream: (streams().ReadableStream as Any).from(source),
      length: undefined,
      type: undefined,
      used: false,
    };
  }
  return of(encoder.encode(String(source)), "text/plain;charset=UTF-8");
}

/** Streams of bodies that were read before there was a stream. */
const readBefore = new WeakSet<object>();

function isDisturbed(stream: Any): boolean {
  return readBefore.has(stream as object) || Boolean(stream[Symbol.for("nodejs.stream.disturbed")]);
}

/** The reading half that `Request` and `Response` share. */
export abstract class Body {
  /** Null is no body at all, which is not the same as an empty one. */
  protected content: Content | null = null;

  get body(): ReadableStream<Uint8Array> | null {
    const { content } = this;
    if (content === null) return null;
    content.stream ??= content.arriving && !content.used ? content.arriving.open() : streamOf(content);
    return content.stream ?? null;
  }

  get bodyUsed(): boolean {
    const { content } = this;
    return (
      content !== null && (content.used || (content.stream !== undefined && isDisturbed(content.stream)))
    );
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.#consume();
    const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
    return (isWhole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#consume();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.#consume());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async blob(): Promise<Blob> {
    const type = this.mediaType() ?? "";
    return new Blob([await this.#consume()], { type });
  }

  async formData(): Promise<FormData> {
    if (this.content?.used) throw unusable();
    const type = this.mediaType() ?? "";
    if (/^multipart\/form-data\b/i.test(type)) {
      const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
      return decodeForm(await this.#consume(), boundary?.[1] ?? boundary?.[2]);
    }
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
      throw new TypeError(
        'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".',
      );
    }
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(await this.text())) form.append(name, value);
    return form;
  }

  protected abstract mediaType(): string | null;

  /** A second body of the same bytes. */
  protected teeContent(): Content | null {
    const { content } = this;
    if (content === null) return null;
    if (content.arriving) content.stream ??= content.arriving.open();
    if (content.stream === undefined) return { ...content };
    const [mine, other] = content.stream.tee();
    this.content = { ...content, stream: mine };
    return { ...content, bytes: undefined, stream: other };
  }

  async #consume(): Promise<Uint8Array> {
    const { content } = this;
    if (content === null) return new Uint8Array(0);
    if (this.bodyUsed || content.stream?.locked) throw unusable();
    content.used = true;
    if (content.stream === undefined) return content.arriving?.collect() ?? content.bytes!;
    const pieces: Uint8Array[] = [];
    const reader = content.stream.getReader() as Any;
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value: Any };
      if (done) return pieces.length === 1 ? pieces[0]! : join(pieces);
      if (!(value instanceof Uint8Array)) throw new TypeError("Received non-Uint8Array chunk");
      pieces.push(value);
    }
  }
}

function streamOf(content: Content): ReadableStream<Uint8Array> {
  const bytes = content.bytes!;
  let isDone = false;
  const source = {
    type: "bytes",
    pull(controller: Any) {
      if (!isDone && bytes.length > 0) controller.enqueue(bytes.slice());
      isDone = true;
      controller.close();
      controller.byobRequest?.respond(0);
    },
  };
  // Pulled by a reader alone: what nobody reads is not copied.
  const stream = new (streams().ReadableStream)(source as Any, {
    highWaterMark: 0,
  }) as ReadableStream<Uint8Array>;
  if (content.used) readBefore.add(stream);
  return stream;
}

function unusable(): TypeError {
  return new TypeError("Body is unusable: Body has already been read");
}
