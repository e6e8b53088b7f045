import type { Registration } from "./emitter.js";
import { ResponseHead } from "./head.js";
import type { ResponseSink } from "../streaming.js";
import * as errors from "./node-errors.js";

type Callback = (error?: Error | null) => void;
type Chunk = string | Uint8Array;

/**
 * Node's `ServerResponse` with no socket behind it: the body is kept in memory, and the exchange is over at `end()`.
 * What it accepts, refuses and reports is Node's, checked against a real server in the tests.
 */
export class InProcessResponse extends ResponseHead {
  // On the prototype (below): each own property costs every request.
  declare strictContentLength: boolean;
  declare destroyed: boolean;
  declare errored: Error | null;
  declare readonly socket: null;
  declare readonly connection: null;
  declare readonly writable: true;
  declare readonly writableObjectMode: false;
  declare readonly writableHighWaterMark: number;
  declare readonly writableLength: 0;
  declare readonly writableNeedDrain: false;

  /** What the body is made of, in order. */
  declare readonly chunks: Chunk[];
  /** Takes the body of a response below 400 in the place of `chunks`, when the host sends it on as it is written. */
  declare sink: Pick<ResponseSink, "write"> | undefined;
  /** Whether a readable stream was piped into this response, which then ends it. */
  declare pipedInto: boolean;

  declare finished: boolean;
  declare writableCorked: number;
  /** Whether `finish` and `close` were emitted. */
  declare private told: boolean;
  declare private onClose: ((failure: unknown) => void) | undefined;

  // Written out, here and in the base class: the engine makes an array of no arguments for a constructor that is not.
  constructor() {
    super();
    (this as { chunks: Chunk[] }).chunks = [];
  }

  get writableEnded(): boolean {
    return this.finished;
  }

  /** Nothing can be left to flush, so this is so from `end()` on: as in Node when the socket takes it all at once. */
  get writableFinished(): boolean {
    return this.finished;
  }

  get closed(): boolean {
    return this.destroyed || this.isOver;
  }

  /** Whether it is ended and whoever listens for that was told. */
  get isOver(): boolean {
    return this.told || (this.finished && !this.isAwaited());
  }

  /** Waits until it is over. */
  whenOver(): Promise<this> {
    if (this.isOver) return Promise.resolve(this);
    return new Promise((resolve, reject) => {
      this.onClose = (failure) => (failure === undefined ? resolve(this) : reject(failure));
      if (this.destroyed) this.onClose(this.errored ?? errors.destroyedResponse());
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
    this.writableCorked++;
  }

  uncork(): void {
    if (this.writableCorked > 0) this.writableCorked--;
  }

  write(chunk: Chunk, encoding?: BufferEncoding | Callback | null, callback?: Callback): boolean {
    if (typeof encoding === "function") return this.add(chunk, undefined, encoding);
    return this.add(chunk, encoding ?? undefined, callback);
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
      const isOpen = !this.finished && !this.destroyed;
      this.add(chunk, encoding ?? undefined, isOpen ? undefined : callback);
      if (!isOpen) return this;
    } else if (this.finished) {
      callback?.(errors.alreadyFinished());
      return this;
    } else {
      this.flushHeaders();
    }
    if (callback) this.once("finish", callback);
    this.finished = true;
    if (this.writableCorked > 0) this.writableCorked = 0;
    if (this.isAwaited()) {
      this.emit("prefinish");
      this.tellSoon();
    }
    return this;
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.errored = error ?? null;
    queueMicrotask(() => this.emit("close"));
    if (!this.finished) this.onClose?.(error ?? errors.destroyedResponse());
    return this;
  }

  pipe(): void {
    this.emit("error", errors.cannotPipe());
  }

  private add(chunk: Chunk, encoding: BufferEncoding | undefined, callback: Callback | undefined): boolean {
    if (chunk === null) throw errors.nullValues();
    if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) {
      throw errors.invalidArgumentType(
        "chunk",
        "of type string or an instance of Buffer or Uint8Array",
        chunk,
      );
    }
    if (this.finished || this.destroyed) {
      this.refuse(this.finished ? errors.writeAfterEnd() : errors.streamDestroyed(), callback);
      return false;
    }
    if (!this.headersSent) this.flushHeaders();
    if (chunk.length > 0 && (this.sentStatus === 200 || this.mayHaveBody())) {
      const kept = typeof chunk === "string" && encoding === undefined ? chunk : encode(chunk, encoding);
      if (this.sink === undefined || this.sentStatus >= 400) this.chunks.push(kept);
      else return this.sendOn(kept, callback);
    }
    if (callback) queueMicrotask(() => callback());
    return true;
  }

  /** As on a socket: after `write` returned false, "drain" follows. */
  private sendOn(chunk: Chunk, callback: Callback | undefined): boolean {
    const taken = this.sink!.write(chunk);
    if (!taken) {
      if (callback) queueMicrotask(() => callback());
      return true;
    }
    void taken.then(() => {
      callback?.();
      this.emit("drain");
    });
    return false;
  }

  private mayHaveBody(): boolean {
    return this.sentStatus >= 200 && this.sentStatus !== 204 && this.sentStatus !== 304;
  }

  private refuse(error: Error, callback: Callback | undefined): void {
    queueMicrotask(() => {
      callback?.(error);
      if (this.destroyed) return;
      if (this.listenerCount("error") > 0) this.emit("error", error);
      // The result is made already, so a late write can no longer fail the request; it must not pass unseen either.
      else console.error(error);
    });
  }

  /** Most responses end before anybody waits for that; some tools put their own `emit` in place. */
  private isAwaited(): boolean {
    return this.isHeard || this.onClose !== undefined || this.emit !== InProcessResponse.prototype.emit;
  }

  private tellSoon(): void {
    queueMicrotask(() => {
      let failure: unknown;
      this.told = true;
      try {
        this.emit("finish");
        this.emit("close");
      } catch (thrown) {
        failure = thrown;
      }
      this.onClose?.(failure);
    });
  }

  /** Nobody was there to be told when it ended: whoever comes after all is. */
  protected override register(event: string | symbol, entry: Registration, first: boolean): this {
    if (this.finished && !this.told && !this.isAwaited()) this.tellSoon();
    return super.register(event, entry, first);
  }
}

Object.assign(InProcessResponse.prototype, {
  strictContentLength: false,
  destroyed: false,
  errored: null,
  pipedInto: false,
  sink: undefined,
  finished: false,
  writableCorked: 0,
  told: false,
  onClose: undefined,
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
