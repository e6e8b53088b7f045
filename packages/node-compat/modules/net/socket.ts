import { connectUnix } from "laconic:sockets";
import { Buffer } from "../buffer.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { adopting, callable } from "../internal/callable.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";
import { validateAbortSignal, validateFunction, validateNumber } from "../internal/validate.js";
import { nextTick } from "../process/ticks.js";
import { Duplex } from "../stream.js";
import { connectToHost } from "./connect.js";
import { connectException, ENOTCONN } from "./errno.js";
import { IdleTimer } from "./idle-timer.js";
import { connectInProcess } from "./in-process.js";
import { normalizeArgs } from "./options.js";
import type { HandleOwner, StreamHandle } from "./stream-handle.js";
import { SystemHandle } from "./system-handle.js";

export interface SocketOptions {
  readonly handle?: StreamHandle;
  readonly allowHalfOpen?: boolean;
  readonly signal?: AbortSignal;
  readonly noDelay?: boolean;
  readonly keepAlive?: boolean;
  readonly keepAliveInitialDelay?: number;
  readonly highWaterMark?: number;
  readonly readable?: boolean;
  readonly writable?: boolean;
  readonly onread?: { buffer: Uint8Array | (() => Uint8Array); callback: AnyFunction };
}

/** `net.Socket`: a Duplex over a handle, with Node's events in Node's order. */
class SocketClass extends /* @__PURE__ */ adopting(Duplex) implements HandleOwner {
  connecting = false;
  timeout: number | undefined;
  bytesRead = 0;
  server: Any = null;
  autoSelectFamilyAttemptedAddresses: string[] | undefined;
  _handle: StreamHandle | null = null;
  _host: string | null = null;
  _hadError = false;
  _parent: Any = null;
  #bytesSent = 0;
  #sentAtTimer = 0;
  readonly #idle = new IdleTimer(() => this._onTimeout());
  #isReading = false;
  /** Called when the write that is under way has gone out. */
  #written: ((error?: Error | null) => void) | undefined;
  #ended: ((error?: Error | null) => void) | undefined;
  #noDelay = false;
  #keepAlive: number | undefined;
  #isUnreferenced = false;
  #onread: SocketOptions["onread"];
  /** While connecting: what is to be closed when the socket is destroyed. */
  _attempt: { cancel(): void } | undefined;

  constructor(options: SocketOptions | number = {}) {
    if (typeof options === "number") throw unsupportedDescriptor();
    const { handle, allowHalfOpen, signal, noDelay, keepAlive, keepAliveInitialDelay, ...rest } = options;
    super({
      ...rest,
      allowHalfOpen: Boolean(allowHalfOpen),
      emitClose: false,
      autoDestroy: true,
      decodeStrings: true,
    });
    // Said when the far end closes: a socket that is not half-open then takes no more writes.
    this.on("end", onReadableEnd);
    this.#noDelay = Boolean(noDelay);
    if (keepAlive) this.#keepAlive = keepAliveInitialDelay ?? 0;
    if (rest.onread && typeof rest.onread === "object") this.#onread = rest.onread;
    if (handle) {
      this._attach(handle);
      if (options.readable !== false) this.read(0);
    }
    if (signal !== undefined) this.#destroyOnAbort(signal);
  }

  /** Takes a connected handle as this socket's own. */
  _attach(handle: StreamHandle): void {
    this._handle = handle;
    handle.owner = this;
    if (this.#isUnreferenced) handle.setReferenced(false);
  }

  #destroyOnAbort(signal: AbortSignal): void {
    validateAbortSignal(signal, "options.signal");
    const abort = () => this.destroy(abortError(signal));
    if (signal.aborted) return nextTick(abort);
    signal.addEventListener("abort", abort, { once: true });
    this.once("close", () => signal.removeEventListener("abort", abort));
  }

  // ------------------------------------------------------------------ connecting

  connect(...args: Any[]): this {
    const [options, listener] = normalizeArgs(args);
    return this._connect(options, listener);
  }

  _connect(options: Any, listener?: AnyFunction | null): this {
    if (this.destroyed) this.#reuse();
    if (options.onread && typeof options.onread === "object") this.#onread = options.onread;
    if (listener) this.once("connect", listener);
    if (options.signal !== undefined) this.#destroyOnAbort(options.signal);
    if (options.timeout) this.setTimeout(options.timeout);
    if (options.noDelay) this.#noDelay = true;
    if (options.keepAlive) this.#keepAlive = options.keepAliveInitialDelay ?? 0;
    if (options.allowHalfOpen !== undefined) this.allowHalfOpen = Boolean(options.allowHalfOpen);
    this.connecting = true;
    this.#touch();
    if (typeof options.path === "string") this.#connectToPath(options.path);
    else connectToHost(this as Any, options);
    return this;
  }

  /** As Node allows: a socket that was destroyed may connect again. */
  #reuse(): void {
    this._handle = null;
    this.#isReading = false;
    this.bytesRead = this.#bytesSent = 0;
    this._undestroy();
  }

  #connectToPath(path: string): void {
    const handle = connectInProcess(path) ?? new SystemHandle((listener) => connectUnix(path, listener));
    this._attempt = { cancel: () => handle.close(() => undefined) };
    handle.onOpen = (errno) => {
      this._attempt = undefined;
      if (errno === 0) return this._connected(handle);
      this._handle = handle;
      this.destroy(connectException(errno, "connect", path));
    };
  }

  /** The connection is there. */
  _connected(handle: StreamHandle): void {
    this._attach(handle);
    this.connecting = false;
    if (this.#noDelay) handle.setNoDelay(true);
    if (this.#keepAlive !== undefined) handle.setKeepAlive(true, this.#keepAlive);
    this.#touch();
    this.emit("connect");
    this.emit("ready");
    if (!this.destroyed && !this.isPaused()) this.read(0);
  }

  // ------------------------------------------------------------------ reading

  _read(): void {
    if (this.connecting || !this._handle) {
      this.once("connect", () => this._read());
    } else if (!this.#isReading) {
      this.#isReading = true;
      this._handle.readStart();
    }
  }

  onData(bytes: Uint8Array): void {
    this.bytesRead += bytes.length;
    this.#touch();
    const more = this.#onread
      ? this.#hand(bytes)
      : this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (!more) this.#stopReading();
  }

  /** The option `onread`: bytes go into the app's own buffer instead of the stream. */
  #hand(bytes: Uint8Array): boolean {
    const { buffer, callback } = this.#onread!;
    for (let offset = 0; offset < bytes.length;) {
      const target = typeof buffer === "function" ? buffer() : buffer;
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      offset += part.length;
      if (callback(part.length, target) === false) return false;
    }
    return true;
  }

  #stopReading(): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    this._handle?.readStop();
  }

  onEnd(): void {
    if (this.destroyed) return;
    this.#isReading = false;
    this.push(null);
    // With nothing left to read, "end" would wait for a read that never comes.
    this.read(0);
  }

  pause(): this {
    if (this._handle && !this.connecting && this.#onread) this.#stopReading();
    return super.pause();
  }

  resume(): this {
    if (this._handle && !this.connecting && this.#onread) this._read();
    return super.resume();
  }

  // ------------------------------------------------------------------ writing

  _write(chunk: Any, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#send(chunk, callback);
  }

  _writev(chunks: { chunk: Any }[], callback: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  }

  #send(bytes: Uint8Array, callback: (error?: Error | null) => void): void {
    if (this.connecting) {
      const closed = () =>
        callback(
          nodeError(
            Error,
            "ERR_SOCKET_CLOSED_BEFORE_CONNECTION",
            "Socket closed before the connection was established",
          ),
        );
      this.once("close", closed);
      this.once("connect", () => {
        this.off("close", closed);
        this.#send(bytes, callback);
      });
      return;
    }
    if (!this._handle) return callback(nodeError(Error, "ERR_SOCKET_CLOSED", "Socket is closed"));
    this.#touch();
    this.#bytesSent += bytes.length;
    let all: boolean;
    try {
      all = this._handle.write(bytes);
    } catch (error) {
      return callback(error as Error);
    }
    if (all) callback();
    else this.#written = callback;
  }

  onDrain(): void {
    this.#touch();
    const written = this.#written;
    this.#written = undefined;
    written?.();
  }

  _final(callback: (error?: Error | null) => void): void {
    if (this.connecting) {
      this.once("connect", () => this._final(callback));
    } else if (!this._handle) {
      callback();
    } else {
      this.#ended = callback;
      this._handle.shutdown();
    }
  }

  onShutdown(): void {
    const ended = this.#ended;
    this.#ended = undefined;
    ended?.();
  }

  onFailure(error: Any): void {
    // The far end closed first: there is nothing left to shut down.
    if (error.syscall === "shutdown" && error.errno === ENOTCONN) return this.onShutdown();
    const callback = this.#written ?? this.#ended;
    this.#written = this.#ended = undefined;
    if (error.syscall !== "read" && callback) callback(error);
    else this.destroy(error);
  }

  // ------------------------------------------------------------------ the end

  _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.connecting = false;
    this.#idle.stop();
    this._attempt?.cancel();
    this._attempt = undefined;
    const hadError = Boolean(error);
    this._hadError = hadError;
    const handle = this._handle;
    const isReset = this.#isReset;
    this._handle = null;
    this.#isReading = false;
    const pending = this.#written ?? this.#ended;
    this.#written = this.#ended = undefined;
    const closed = () => {
      this.emit("close", hadError);
      this._closed();
    };
    this._detaching(handle);
    if (isReset) handle?.reset(closed);
    else handle?.close(closed);
    callback(error);
    // Behind the error, which the call before put into the queue.
    if (!handle) nextTick(closed);
    if (pending)
      nextTick(
        pending,
        error ?? nodeError(Error, "ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed"),
      );
    if (this.server) {
      this.server._forget(this);
      this.server = null;
    }
  }

  /** For subclasses: the handle goes away, and then is gone. */
  _detaching(handle: StreamHandle | null): void {
    this.#last = handle && { local: handle.localAddress, remote: handle.remoteAddress };
  }

  _closed(): void {
    // Nothing more for a plain connection.
  }

  #isReset = false;
  /** A closed socket still says whom it talked to. */
  #last: { local: Any; remote: Any } | null = null;

  resetAndDestroy(): this {
    if (this.connecting) this.once("connect", () => this.resetAndDestroy());
    else if (this._handle) {
      this.#isReset = true;
      this.destroy();
    } else this.destroy(nodeError(Error, "ERR_SOCKET_CLOSED", "Socket is closed"));
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", () => this.destroy());
  }

  end(...args: Any[]): this {
    super.end(...args);
    return this;
  }

  // ------------------------------------------------------------------ time

  setTimeout(milliseconds: number, callback?: AnyFunction): this {
    if (this.destroyed) return this;
    validateTimeout(milliseconds);
    if (callback !== undefined) validateFunction(callback, "callback");
    this.timeout = milliseconds;
    this.#sentAtTimer = this.#bytesSent;
    this.#idle.set(milliseconds);
    if (callback) {
      if (milliseconds > 0) this.once("timeout", callback);
      else this.removeListener("timeout", callback);
    }
    return this;
  }

  _onTimeout(): void {
    // A large write that makes progress is no idleness.
    const isProgressing = this.#written !== undefined && this.#bytesSent !== this.#sentAtTimer;
    this.#sentAtTimer = this.#bytesSent;
    if (isProgressing) this.#idle.touch();
    else this.emit("timeout");
  }

  _unrefTimer(): void {
    this.#touch();
  }

  #touch(): void {
    this.#idle.touch();
    if (this._parent instanceof Socket) this._parent._unrefTimer();
  }

  // ------------------------------------------------------------------ options and what is known

  setNoDelay(noDelay: boolean = true): this {
    this.#noDelay = Boolean(noDelay);
    this._handle?.setNoDelay(this.#noDelay);
    return this;
  }

  setKeepAlive(enabled?: boolean | number, delay?: number): this {
    if (typeof enabled === "number") return this.setKeepAlive(true, enabled);
    this.#keepAlive = enabled ? Math.max(0, Number(delay) || 0) : undefined;
    this._handle?.setKeepAlive(Boolean(enabled), this.#keepAlive ?? 0);
    return this;
  }

  ref(): this {
    this.#isUnreferenced = false;
    this._handle?.setReferenced(true);
    return this;
  }

  unref(): this {
    this.#isUnreferenced = true;
    this._handle?.setReferenced(false);
    return this;
  }

  address(): object {
    return this.#local ?? {};
  }

  get #local(): Any {
    return this._handle?.localAddress ?? this.#last?.local;
  }

  get #remote(): Any {
    return this._handle?.remoteAddress ?? this.#last?.remote;
  }

  get remoteAddress(): string | undefined {
    return this.#remote?.address;
  }

  get remoteFamily(): string | undefined {
    return this.#remote?.family;
  }

  get remotePort(): number | undefined {
    return this.#remote?.port;
  }

  get localAddress(): string | undefined {
    return this.#local?.address;
  }

  get localFamily(): string | undefined {
    return this.#local?.family;
  }

  get localPort(): number | undefined {
    return this.#local?.port;
  }

  get bytesWritten(): number {
    return this.#bytesSent + (this.writableLength ?? 0);
  }

  get bufferSize(): number | undefined {
    return this._handle ? this.writableLength : undefined;
  }

  get pending(): boolean {
    return !this._handle || this.connecting;
  }

  get readyState(): string {
    if (this.connecting) return "opening";
    if (this.readable && this.writable) return "open";
    if (this.readable) return "readOnly";
    return this.writable ? "writeOnly" : "closed";
  }
}

export const Socket = /* @__PURE__ */ callable("Socket", SocketClass);
export type Socket = SocketClass;

/** Node's own words for it, and its own way: whoever writes on is told so. */
function onReadableEnd(this: Any): void {
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

function writeAfterEnd(this: Any, _chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
  const error = Object.assign(new Error("This socket has been ended by the other party"), { code: "EPIPE" });
  const told = typeof encoding === "function" ? encoding : callback;
  if (typeof told === "function") nextTick(told as AnyFunction, error);
  this.destroy(error);
  return false;
}

function validateTimeout(milliseconds: unknown): void {
  validateNumber(milliseconds, "msecs");
  if ((milliseconds as number) < 0 || !Number.isFinite(milliseconds)) {
    throw outOfRange("msecs", "a non-negative finite number", milliseconds);
  }
}

function abortError(signal: AbortSignal): Error {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  return Object.assign(error, { name: "AbortError", code: "ABORT_ERR" });
}

function unsupportedDescriptor(): Error {
  return invalidArgType("options", "Object", 0);
}
