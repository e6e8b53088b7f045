import { reasonPhrase } from "../http/status-codes.js";
import { Emitter } from "./emitter.js";
import {
  expand,
  headerEntries,
  setField,
  type HeaderField,
  type HeaderFields,
  type HeaderValue,
} from "./header-fields.js";
import * as errors from "./node-errors.js";

type Callback = (error?: Error | null) => void;
type Chunk = string | Uint8Array;

/**
 * Node's `ServerResponse` with no socket behind it: the body is kept in memory, and the exchange is over at `end()`.
 * What it accepts, refuses and reports is Node's, checked against a real server in the tests.
 */
export class InProcessResponse extends Emitter {
  statusCode = 200;
  statusMessage = "";
  sendDate = true;
  strictContentLength = false;
  destroyed = false;
  errored: Error | null = null;
  readonly socket = null;
  readonly connection = null;
  readonly writable = true;
  readonly writableObjectMode = false;
  readonly writableHighWaterMark = 16_384;
  readonly writableLength = 0;
  readonly writableNeedDrain = false;

  /** What the body is made of, in order. */
  readonly chunks: Chunk[] = [];
  /** Called once at the moment the app ends or destroys the response. */
  onClose: ((error: Error | undefined) => void) | undefined;

  /** Whether a readable stream was piped into this response, which then ends it. */
  pipedInto = false;

  #fields: HeaderFields | undefined;
  #sent: HeaderField[] | undefined;
  #ended = false;
  #finished = false;
  #corked = 0;
  #hasBody = true;

  get headersSent(): boolean {
    return this.#sent !== undefined;
  }

  get finished(): boolean {
    return this.#ended;
  }

  get writableEnded(): boolean {
    return this.#ended;
  }

  get writableFinished(): boolean {
    return this.#finished;
  }

  get writableCorked(): number {
    return this.#corked;
  }

  get closed(): boolean {
    return this.#finished || this.destroyed;
  }

  /** The headers that went out, one entry a value; those set so far while none have. */
  get sentFields(): readonly HeaderField[] {
    return this.#sent ?? this.#expandFields();
  }

  setHeader(name: string, value: HeaderValue): this {
    if (this.#sent) throw errors.headersSent("set");
    setField((this.#fields ??= new Map()), name, value);
    return this;
  }

  setHeaders(headers: Headers | ReadonlyMap<string, HeaderValue>): this {
    if (this.#sent) throw errors.headersSent("set");
    if (typeof headers?.get !== "function" || typeof headers.keys !== "function") {
      throw errors.invalidArgumentType("headers", "an instance of Headers or Map", headers);
    }
    const cookies: string[] = [];
    for (const [name, value] of headers) {
      if (name === "set-cookie") cookies.push(...([] as string[]).concat(value as string));
      else this.setHeader(name, value);
    }
    return cookies.length > 0 ? this.setHeader("set-cookie", cookies) : this;
  }

  appendHeader(name: string, value: string | readonly string[]): this {
    if (this.#sent) throw errors.headersSent("append");
    errors.validateHeaderName(name);
    errors.validateHeaderValue(name, value);
    const existing = this.#fields?.get(name.toLowerCase());
    if (existing === undefined) return this.setHeader(name, value);
    existing.value = ([] as string[]).concat(existing.value as string, value as string);
    return this;
  }

  getHeader(name: string): number | string | string[] | undefined {
    errors.validateString(name, "name");
    return this.#fields?.get(name.toLowerCase())?.value as number | string | string[] | undefined;
  }

  getHeaderNames(): string[] {
    return [...(this.#fields?.keys() ?? [])];
  }

  getRawHeaderNames(): string[] {
    return Array.from(this.#fields?.values() ?? [], (field) => field.name);
  }

  getHeaders(): Record<string, number | string | string[] | undefined> {
    // No prototype, as in Node: a header named like a member of Object is still only a header.
    const headers = Object.create(null) as Record<string, number | string | string[]>;
    for (const [key, field] of this.#fields ?? []) headers[key] = field.value as number | string | string[];
    return headers;
  }

  hasHeader(name: string): boolean {
    errors.validateString(name, "name");
    return this.#fields?.has(name.toLowerCase()) ?? false;
  }

  removeHeader(name: string): void {
    errors.validateString(name, "name");
    if (this.#sent) throw errors.headersSent("remove");
    this.#fields?.delete(name.toLowerCase());
  }

  writeHead(statusCode: number, reason?: unknown, headers?: unknown): this {
    if (this.#sent) throw errors.headersSent("write");
    const status = statusCode | 0;
    if (status < 100 || status > 999) throw errors.invalidStatusCode(statusCode);
    if (typeof reason === "string") this.statusMessage = reason;
    else {
      this.statusMessage ||= reasonPhrase(status) ?? "unknown";
      headers ??= reason;
    }
    this.statusCode = status;
    const sent = this.#mergeHeaders(headers);
    errors.validateStatusMessage(this.statusMessage);
    this.#hasBody = status !== 204 && status !== 304 && status >= 200;
    this.#sent = sent;
    return this;
  }

  writeHeader(statusCode: number, reason?: unknown, headers?: unknown): this {
    return this.writeHead(statusCode, reason, headers);
  }

  flushHeaders(): void {
    if (!this.#sent) this.writeHead(this.statusCode);
  }

  /** Informational responses have nobody to go to: the invoker sees one result. */
  writeContinue(callback?: () => void): void {
    if (callback) queueMicrotask(callback);
  }

  writeProcessing(callback?: () => void): void {
    if (callback) queueMicrotask(callback);
  }

  writeEarlyHints(_hints: unknown, callback?: () => void): void {
    if (callback) queueMicrotask(callback);
  }

  /** There is no socket that could be idle. */
  setTimeout(): this {
    return this;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "pipe") this.pipedInto = true;
    return super.emit(event, ...args);
  }

  cork(): void {
    this.#corked++;
  }

  uncork(): void {
    if (this.#corked > 0) this.#corked--;
  }

  write(chunk: Chunk, encoding?: BufferEncoding | Callback | null, callback?: Callback): boolean {
    if (typeof encoding === "function") return this.#write(chunk, undefined, encoding);
    return this.#write(chunk, encoding ?? undefined, callback);
  }

  end(
    chunk?: Chunk | (() => void) | null,
    encoding?: BufferEncoding | (() => void) | null,
    callback?: () => void,
  ): this {
    if (typeof chunk === "function") return this.end(undefined, undefined, chunk);
    if (typeof encoding === "function") return this.end(chunk, undefined, encoding);
    if (chunk) {
      if (!this.#write(chunk, encoding ?? undefined, this.#ended ? callback : undefined)) return this;
    } else if (this.#ended) {
      this.#endAgain(callback);
      return this;
    } else this.flushHeaders();
    if (callback) this.once("finish", callback);
    this.#ended = true;
    this.#corked = 0;
    queueMicrotask(() => this.#finish());
    this.onClose?.(undefined);
    return this;
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.errored = error ?? null;
    queueMicrotask(() => this.emit("close"));
    if (!this.#ended) this.onClose?.(error ?? errors.streamDestroyed());
    return this;
  }

  pipe(): never {
    throw errors.cannotPipe();
  }

  #write(chunk: Chunk, encoding: BufferEncoding | undefined, callback: Callback | undefined): boolean {
    if (chunk === null) throw errors.nullValues();
    if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) {
      throw errors.invalidArgumentType(
        "chunk",
        "of type string or an instance of Buffer or Uint8Array",
        chunk,
      );
    }
    if (this.#ended || this.destroyed) {
      this.#refuse(this.#ended ? errors.writeAfterEnd() : errors.streamDestroyed(), callback);
      return false;
    }
    this.flushHeaders();
    if (this.#hasBody && chunk.length > 0) this.chunks.push(encode(chunk, encoding));
    if (callback) queueMicrotask(() => callback());
    return true;
  }

  #refuse(error: Error, callback: Callback | undefined): void {
    queueMicrotask(() => {
      callback?.(error);
      if (!this.destroyed && !this.emit("error", error)) console.error(error);
    });
  }

  #endAgain(callback: Callback | undefined): void {
    if (!callback) return;
    if (this.#finished) callback(errors.alreadyFinished());
    else this.once("finish", callback);
  }

  #finish(): void {
    if (this.destroyed) return;
    this.#finished = true;
    this.emit("prefinish");
    this.emit("finish");
    this.emit("close");
  }

  /** Headers of `writeHead` alone go straight out and are never seen by `getHeader`, as in Node. */
  #mergeHeaders(headers: unknown): HeaderField[] {
    if (headers === undefined || headers === null) return this.#expandFields();
    const entries = [...headerEntries(headers)];
    if (this.#fields !== undefined) {
      for (const [name, value] of entries) if (name) this.setHeader(name, value);
      return this.#expandFields();
    }
    const sent = entries.flatMap(([name, value]) => expand(name, value));
    for (const [name, value] of entries) {
      errors.validateHeaderName(name);
      errors.validateHeaderValue(name, value);
    }
    return sent;
  }

  #expandFields(): HeaderField[] {
    const sent: HeaderField[] = [];
    for (const { name, value } of this.#fields?.values() ?? []) sent.push(...expand(name, value));
    return sent;
  }
}

/** Bytes are copied: the app may reuse its buffer once write() returned. */
function encode(chunk: Chunk, encoding: BufferEncoding | undefined): Chunk {
  if (typeof chunk !== "string") return chunk.slice();
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return chunk;
  return Buffer.from(chunk, encoding);
}
