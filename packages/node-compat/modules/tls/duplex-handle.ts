import type { Any } from "../internal/any.js";
import type { HandleOwner, StreamHandle } from "../net/stream-handle.js";

/** Any Duplex as a handle: a tunnel through a proxy, or TLS within TLS. */
export class DuplexHandle implements StreamHandle {
  owner: HandleOwner | undefined;
  readonly localAddress = undefined;
  readonly remoteAddress = undefined;
  readonly isReferenced = true;
  readonly #stream: Any;
  #isDraining = false;

  constructor(stream: Any) {
    this.#stream = stream;
    stream.pause();
    stream.on("data", (chunk: Uint8Array) => this.owner?.onData(chunk));
    stream.on("end", () => this.owner?.onEnd());
    stream.on("error", (error: Error) => this.owner?.onFailure(error));
  }

  readStart(): void {
    this.#stream.resume();
  }

  readStop(): void {
    this.#stream.pause();
  }

  write(bytes: Uint8Array): boolean {
    if (this.#stream.write(bytes)) return true;
    if (!this.#isDraining) {
      this.#isDraining = true;
      this.#stream.once("drain", () => {
        this.#isDraining = false;
        this.owner?.onDrain();
      });
    }
    return false;
  }

  shutdown(): void {
    this.#stream.end(() => this.owner?.onShutdown());
  }

  close(closed: () => void): void {
    if (this.#stream.closed) {
      setImmediate(closed);
      return;
    }
    this.#stream.once("close", closed);
    this.#stream.destroy();
  }

  reset(closed: () => void): void {
    this.close(closed);
  }

  setReferenced(referenced: boolean): void {
    if (referenced) this.#stream.ref?.();
    else this.#stream.unref?.();
  }

  setNoDelay(noDelay: boolean): void {
    this.#stream.setNoDelay?.(noDelay);
  }

  setKeepAlive(enabled: boolean, delay: number): void {
    this.#stream.setKeepAlive?.(enabled, delay);
  }
}
