import { ResponseHead } from "./head.js";
import * as errors from "./node-errors.js";

type Callback = (error?: Error | null) => void;
type Chunk = string | Uint8Array;

/**
 * Node's `ServerResponse` with no socket behind it: the body is kept in memory, and the exchange is over at `end()`.
 * What it accepts, refuses and reports is Node's, checked against a real server in the tests.
 */
export class InProcessResponse extends ResponseHead {
  strictContentLength = false;
  destroyed = false;
  errored: Error | null = null;
  // On the prototype (below): the same in every response, and each own property costs every request.
  declare readonly socket: null;
  declare readonly connection: null;
  declare readonly writable: true;
  declare readonly writableObjectMode: false;
  declare readonly writableHighWaterMark: number;
  declare readonly writableLength: 0;
  declare readonly writableNeedDrain: false;

  /** What the body is made of, in order. */
  readonly chunks: Chunk[] = [];
  /** Whether a readable stream was piped into this response, which then ends it. */
  pipedInto = false;

  #ended = false;
  #told = false;
  #corked = 0;
  #close: ((failure: unknown) => void) | undefined;

  get finished(): boolean {
    return this.#ended;
  }

  get writableEnded(): boolean {
    return this.#ended;
  }

  /** Nothing can be left to flush, so this is so from `end()` on: as in Node when the socket takes it all at once. */
  get writableFinished(): boolean {
    return this.#ended;
  }

  get writableCorked(): number {
    return this.#corked;
  }

  get closed(): boolean {
    return this.#told || this.destroyed;
  }

  /** This response once it is ended and whoever listens for that was told: at once when both are so already. */
  whenOver(): this | Promise<this> {
    if (this.#told) return this;
    if (this.#ended && !this.isHeard) return this;
    return new Promise((resolve, reject) => {
      this.#close = (failure) => (failure === undefined ? resolve(this) : reject(failure));
      if (this.destroyed) this.#close(this.errored ?? errors.destroyedResponse());
    });
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "pipe") this.pipedInto = true;
    return super.emit(event, ...args);
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
    chunk?: Chunk | Callback | null,
    encoding?: BufferEncoding | Callback | null,
    callback?: Callback,
  ): this {
    if (typeof chunk === "function") return this.end(undefined, undefined, chunk);
    if (typeof encoding === "function") return this.end(chunk, undefined, encoding);
    if (chunk) {
      // A refused chunk reports to the callback; an accepted one leaves it to "finish".
      const isOpen = !this.#ended && !this.destroyed;
      this.#write(chunk, encoding ?? undefined, isOpen ? undefined : callback);
      if (!isOpen) return this;
    } else if (this.#ended) {
      callback?.(errors.alreadyFinished());
      return this;
    } else {
      this.flushHeaders();
    }
    if (callback) this.once("finish", callback);
    this.#ended = true;
    this.#corked = 0;
    this.#tell("prefinish");
    queueMicrotask(() => this.#tellEnd());
    return this;
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.errored = error ?? null;
    queueMicrotask(() => this.emit("close"));
    if (!this.#ended) this.#close?.(error ?? errors.destroyedResponse());
    return this;
  }

  pipe(): void {
    this.emit("error", errors.cannotPipe());
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
    if (chunk.length > 0 && this.#mayHaveBody()) this.chunks.push(encode(chunk, encoding));
    if (callback) queueMicrotask(() => callback());
    return true;
  }

  #mayHaveBody(): boolean {
    return this.statusCode >= 200 && this.statusCode !== 204 && this.statusCode !== 304;
  }

  #refuse(error: Error, callback: Callback | undefined): void {
    queueMicrotask(() => {
      callback?.(error);
      if (this.destroyed) return;
      if (this.listenerCount("error") > 0) this.emit("error", error);
      // The result is made already, so a late write can no longer fail the request; it must not pass unseen either.
      else console.error(error);
    });
  }

  /** Most responses have no listener, but some tools put their own `emit` in place. */
  #tell(event: string): void {
    if (this.isHeard || this.emit !== InProcessResponse.prototype.emit) this.emit(event);
  }

  #tellEnd(): void {
    let failure: unknown;
    this.#told = true;
    try {
      this.#tell("finish");
      this.#tell("close");
    } catch (thrown) {
      failure = thrown;
    }
    this.#close?.(failure);
  }
}

Object.assign(InProcessResponse.prototype, {
  socket: null,
  connection: null,
  writable: true,
  writableObjectMode: false,
  writableHighWaterMark: 16_384,
  writableLength: 0,
  writableNeedDrain: false,
});

/** Bytes are copied: the app may reuse its buffer once write() returned. */
function encode(chunk: Chunk, encoding: BufferEncoding | undefined): Chunk {
  if (typeof chunk !== "string") return chunk.slice();
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return chunk;
  return Buffer.from(chunk, encoding);
}
