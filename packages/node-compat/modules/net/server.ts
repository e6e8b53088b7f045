import { close, listen, listenTcp, localAddress, setReferenced, type SocketEvent } from "laconic:sockets";
import { EventEmitter } from "../events.js";
import { lookup } from "../dns/lookup.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { adopting, callable } from "../internal/callable.js";
import { nodeError, unsupported } from "../internal/errors.js";
import { nextTick } from "../process/ticks.js";
import { connectException } from "./errno.js";
import { isIP } from "./ip.js";
import { normalizeArgs, validatePort } from "./options.js";
import { Socket } from "./socket.js";
import { SystemHandle } from "./system-handle.js";

const BACKLOG = 511;

/** `net.Server`, on TCP. It listens while requests run, and no longer: a sandbox is frozen between them. */
class ServerClass extends /* @__PURE__ */ adopting(EventEmitter) {
  maxConnections: number | undefined;
  #handle: number | undefined;
  #isReferenced = true;
  readonly #options: Any;
  readonly #connections = new Set<Socket>();

  constructor(options?: Any, listener?: AnyFunction) {
    super();
    if (typeof options === "function") listener = options;
    this.#options = typeof options === "object" && options !== null ? options : {};
    if (listener) this.on("connection", listener);
  }

  get listening(): boolean {
    return this.#handle !== undefined;
  }

  listen(...args: Any[]): this {
    const [options, listener] = normalizeArgs(args);
    if (this.listening)
      throw nodeError(
        Error,
        "ERR_SERVER_ALREADY_LISTEN",
        "Listen method has been called more than once without closing.",
      );
    if (listener) this.once("listening", listener);
    if (options.path !== undefined) throw unsupported("net.Server on a path", "it listens on TCP only");
    const port = options.port == null ? 0 : validatePort(options.port, "options.port");
    const backlog = typeof options.backlog === "number" ? options.backlog : BACKLOG;
    const host = options.host;
    if (!host || isIP(host)) this.#open(host || "::", port, backlog);
    else {
      lookup(host, (error: Any, address: string) => {
        if (error) this.emit("error", error);
        else this.#open(address, port, backlog);
      });
    }
    return this;
  }

  #open(address: string, port: number, backlog: number): void {
    const id = listenTcp(address, port, backlog, (kind: SocketEvent, value: unknown) => {
      if (kind === "open") this.emit("listening");
      else if (kind === "connection") this.#accept(value as number);
      else if (kind === "listen") this.#failed(connectException(value as number, "listen", address, port));
      else if (kind === "accept")
        this.emit("error", connectException(value as number, "accept", address, port));
    });
    this.#handle = id;
    if (!this.#isReferenced) setReferenced(id, false);
  }

  #failed(error: Error): void {
    close(this.#handle!);
    this.#handle = undefined;
    this.emit("error", error);
  }

  #accept(id: number): void {
    const handle = new SystemHandle((listener) => {
      listen(id, listener);
      return id;
    });
    if (this.maxConnections !== undefined && this.#connections.size >= this.maxConnections) {
      const { localAddress: local, remoteAddress: remote } = handle;
      handle.close(() => undefined);
      this.emit("drop", {
        localAddress: local?.address,
        localPort: local?.port,
        localFamily: local?.family,
        remoteAddress: remote?.address,
        remotePort: remote?.port,
        remoteFamily: remote?.family,
      });
      return;
    }
    const { allowHalfOpen, pauseOnConnect, noDelay, keepAlive, keepAliveInitialDelay, highWaterMark } =
      this.#options;
    if (noDelay) handle.setNoDelay(true);
    if (keepAlive) handle.setKeepAlive(true, keepAliveInitialDelay ?? 0);
    const socket: Any = new Socket({
      handle,
      allowHalfOpen,
      readable: !pauseOnConnect,
      ...(highWaterMark !== undefined && { highWaterMark }),
    });
    if (pauseOnConnect) socket.pause();
    socket.server = this;
    this.#connections.add(socket);
    this.emit("connection", socket);
  }

  /** A connection is over. */
  _forget(socket: Socket): void {
    this.#connections.delete(socket);
    this.#emitCloseWhenDone();
  }

  #emitCloseWhenDone(): void {
    if (this.#handle === undefined && this.#connections.size === 0) nextTick(() => this.emit("close"));
  }

  close(callback?: (error?: Error) => void): this {
    if (callback) {
      if (this.listening) this.once("close", callback);
      else
        this.once("close", () =>
          callback(nodeError(Error, "ERR_SERVER_NOT_RUNNING", "Server is not running.")),
        );
    }
    if (this.#handle !== undefined) close(this.#handle);
    this.#handle = undefined;
    this.#emitCloseWhenDone();
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.listening) await new Promise<void>((resolve) => this.close(() => resolve()));
  }

  address(): object | null {
    return this.#handle === undefined ? null : (localAddress(this.#handle) ?? null);
  }

  getConnections(callback: (error: Error | null, count: number) => void): this {
    nextTick(callback, null, this.#connections.size);
    return this;
  }

  ref(): this {
    this.#isReferenced = true;
    if (this.#handle !== undefined) setReferenced(this.#handle, true);
    return this;
  }

  unref(): this {
    this.#isReferenced = false;
    if (this.#handle !== undefined) setReferenced(this.#handle, false);
    return this;
  }
}

export const Server = /* @__PURE__ */ callable("Server", ServerClass);
export type Server = ServerClass;
