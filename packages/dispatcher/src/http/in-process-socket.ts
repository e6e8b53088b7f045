import type { Emitter } from "./node-emitter.js";

export interface SocketFacts {
  readonly encrypted: boolean;
  readonly remoteAddress: string | undefined;
}

/** What no request changes; on the prototype, because a request must cost little. */
const SAME_FOR_ALL = {
  authorized: true,
  remotePort: 443,
  localAddress: "127.0.0.1",
  localPort: 443,
  connecting: false,
  pending: false,
  bufferSize: 0,
  allowHalfOpen: true,
  bytesRead: 0,
  bytesWritten: 0,
  writableLength: 0,
  writableHighWaterMark: 65_536,
  readableHighWaterMark: 65_536,
  writableNeedDrain: false,
};

/** A request's socket. */
export type InProcessSocket = InstanceType<ReturnType<typeof socketClass>>;

/**
 * What a request's `socket` is where there is none: an emitter with the members of `net.Socket` that servers,
 * frameworks and packages look at. Nothing is ever written to it; a response keeps its own bytes.
 */
export function socketClass(EventEmitter: typeof Emitter) {
  class InProcessSocket extends EventEmitter {
    readonly encrypted: boolean;
    readonly remoteAddress: string | undefined;
    readonly _writableState = { corked: 0 };
    readable = true;
    writable = true;
    destroyed = false;
    closed = false;
    errored: Error | null = null;
    parser: unknown = null;
    _httpMessage: (Emitter & { readonly req?: Emitter & { readonly complete: boolean } }) | null = null;
    /** The server that hears the request, for an app that was registered as one. */
    server: Emitter | undefined;
    /** Milliseconds without a byte after which the socket is idle; 0 is never. */
    timeout = 0;
    _timer: ReturnType<typeof setTimeout> | undefined;

    constructor({ encrypted, remoteAddress }: SocketFacts) {
      super();
      this.encrypted = encrypted;
      this.remoteAddress = remoteAddress;
    }

    get remoteFamily(): "IPv4" | "IPv6" | undefined {
      return this.remoteAddress === undefined
        ? undefined
        : this.remoteAddress.includes(":")
          ? "IPv6"
          : "IPv4";
    }

    get readyState(): "open" | "closed" {
      return this.destroyed ? "closed" : "open";
    }

    address(): { address: string; family: string; port: number } {
      return { address: "127.0.0.1", family: "IPv4", port: 443 };
    }

    destroy(error?: Error): this {
      if (this.destroyed) return this;
      this.destroyed = true;
      clearTimeout(this._timer);
      this.readable = false;
      this.writable = false;
      this.errored = error ?? null;
      process.nextTick(() => {
        // A socket that nobody listens to has nobody to tell: the exchange learns of it from "close".
        if (error !== undefined && this.listenerCount("error") > 0) this.emit("error", error);
        this.closed = true;
        this.emit("close", error !== undefined);
      });
      return this;
    }

    destroySoon(): void {
      this.destroy();
    }

    end(): this {
      return this.destroy();
    }

    write(_chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    }

    /** As in Node, where the connection itself keeps the loop running while a response is waited for. */
    setTimeout(milliseconds: number, callback?: () => void): this {
      this.timeout = Number(milliseconds) || 0;
      if (callback && this.timeout === 0) this.off("timeout", callback);
      else if (callback) this.once("timeout", callback);
      this.touch();
      return this;
    }

    /** Bytes came or went: what is idle is counted from now. */
    touch(): void {
      clearTimeout(this._timer);
      if (this.timeout > 0 && !this.destroyed) this._timer = setTimeout(() => this._idle(), this.timeout);
    }

    /** The exchange is over, and the connection with it. */
    rest(): void {
      this.timeout = 0;
      clearTimeout(this._timer);
    }

    /** What Node's server does: a connection of which nobody hears that it is idle is given up. */
    _idle(): void {
      this.emit("timeout");
      const response = this._httpMessage;
      const request = response?.req;
      const heard = [
        request !== undefined && !request.complete && request.emit("timeout", this),
        response?.emit("timeout", this),
        this.server?.emit("timeout", this),
      ];
      if (!heard.includes(true)) this.destroy();
    }

    get writableCorked(): number {
      return this._writableState.corked;
    }

    cork(): void {
      this._writableState.corked++;
    }

    uncork(): void {
      if (this._writableState.corked > 0) this._writableState.corked--;
    }

    getPeerCertificate(): Record<string, never> {
      return {};
    }

    // What has no meaning without a connection is accepted.
    pause(): this {
      return this;
    }
    resume(): this {
      return this;
    }
    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
    setNoDelay(): this {
      return this;
    }
    setKeepAlive(): this {
      return this;
    }
  }
  Object.assign(InProcessSocket.prototype, SAME_FOR_ALL);
  return InProcessSocket;
}
