import {
  close,
  localAddress,
  readStart,
  readStop,
  remoteAddress,
  reset,
  setKeepAlive,
  setNoDelay,
  setReferenced,
  shutdown,
  write,
  type SocketAddress,
  type SocketEvent,
  type SocketListener,
} from "laconic:sockets";
import { nextTick } from "../process/ticks.js";
import { bindContext } from "./context.js";
import { errnoException } from "./errno.js";
import type { HandleOwner, StreamHandle } from "./stream-handle.js";

/** A connection of the system's. */
export class SystemHandle implements StreamHandle {
  owner: HandleOwner | undefined;
  /** Called once, when the connection is there (0) or failed (errno). */
  onOpen: ((errno: number) => void) | undefined;
  isReferenced = true;
  readonly #id: number;
  #isClosed = false;
  #closed: (() => void) | undefined;
  #remote: SocketAddress | undefined;

  /** @param open starts the connection and returns its number; its events go to the given listener */
  constructor(open: (listener: SocketListener) => number) {
    this.#id = open(bindContext((kind: SocketEvent, value: unknown) => this.#hear(kind, value)));
  }

  get localAddress(): SocketAddress | undefined {
    return localAddress(this.#id);
  }

  /** Remembered: the system forgets it once the peer has gone. */
  get remoteAddress(): SocketAddress | undefined {
    return (this.#remote ??= remoteAddress(this.#id));
  }

  readStart(): void {
    readStart(this.#id);
  }

  readStop(): void {
    readStop(this.#id);
  }

  write(bytes: Uint8Array): boolean {
    const status = write(this.#id, bytes);
    if (status < 0) throw errnoException(status, "write");
    return status === 1;
  }

  shutdown(): void {
    shutdown(this.#id);
  }

  close(closed: () => void): void {
    if (this.#isClosed) return nextTick(closed);
    this.#isClosed = true;
    this.#closed = closed;
    close(this.#id);
  }

  reset(closed: () => void): void {
    if (this.#isClosed) return nextTick(closed);
    this.#isClosed = true;
    this.#closed = closed;
    reset(this.#id);
  }

  setReferenced(referenced: boolean): void {
    this.isReferenced = referenced;
    setReferenced(this.#id, referenced);
  }

  setNoDelay(noDelay: boolean): void {
    setNoDelay(this.#id, noDelay);
  }

  setKeepAlive(enabled: boolean, delay: number): void {
    setKeepAlive(this.#id, enabled, delay);
  }

  #hear(kind: SocketEvent, value: unknown): void {
    switch (kind) {
      case "data":
        return this.owner?.onData(value as Uint8Array);
      case "end":
        return this.owner?.onEnd();
      case "drain":
        return this.owner?.onDrain();
      case "shutdown":
        return this.owner?.onShutdown();
      case "open":
        return this.#opened(0);
      case "connect":
        return this.#opened(value as number);
      case "close":
        return this.#closed?.();
      default:
        return this.owner?.onFailure(errnoException(value as number, kind));
    }
  }

  #opened(errno: number): void {
    const opened = this.onOpen;
    this.onOpen = undefined;
    opened?.(errno);
  }
}
