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
  timeout: 0,
  writableLength: 0,
  writableHighWaterMark: 65_536,
  readableHighWaterMark: 65_536,
  writableNeedDrain: false,
};

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
    _httpMessage: unknown = null;

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
    setTimeout(): this {
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
