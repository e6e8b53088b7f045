import type { SocketAddress, TlsSession } from "laconic:sockets";
import type { HandleOwner, StreamHandle } from "../net/stream-handle.js";
import { nextTick } from "../process/ticks.js";

/** Who hears a TLS handle: its socket, which also decides about the peer. */
export interface TlsOwner extends HandleOwner {
  /** The handshake is done. What was written waits until `release()`, what was read for the next `readStart()`. */
  onHandshake(): void;
  /** The peer is gone before the handshake was done. */
  onEarlyEnd(): void;
}

/** TLS over another handle. */
export class TlsHandle implements StreamHandle, HandleOwner {
  owner: TlsOwner | undefined;
  /** The socket that wraps what lies below; packages take Node's own class for it from here. */
  _parentWrap: unknown;
  readonly #below: StreamHandle;
  readonly #open: () => TlsSession;
  #opened: TlsSession | undefined;
  #isReleased = false;
  #isClosed = false;
  #hasEnded = false;
  #wantsShutdown = false;
  #isHandshaking = true;

  /** @param open makes the session when it is needed: reading the trust anchors costs */
  constructor(below: StreamHandle, open: () => TlsSession) {
    this.#below = below;
    this.#open = open;
    below.owner = this;
  }

  get session(): TlsSession {
    return (this.#opened ??= this.#open());
  }

  /** Sends the first flight. */
  start(): void {
    this.#below.readStart();
    this.#flush();
  }

  /** The socket accepts the peer: what was written until now goes out. */
  release(): void {
    this.#isReleased = true;
    const all = this.#flush();
    if (this.#wantsShutdown) this.shutdown();
    else if (all) this.owner?.onDrain();
  }

  get localAddress(): SocketAddress | undefined {
    return this.#below.localAddress;
  }

  get remoteAddress(): SocketAddress | undefined {
    return this.#below.remoteAddress;
  }

  get isReferenced(): boolean {
    return this.#below.isReferenced;
  }

  readStart(): void {
    this.#below.readStart();
  }

  readStop(): void {
    // The handshake reads whether or not anybody waits for data.
    if (!this.#isHandshaking) this.#below.readStop();
  }

  write(bytes: Uint8Array): boolean {
    this.session.write(bytes);
    return this.#isReleased ? this.#send() : false;
  }

  shutdown(): void {
    if (!this.#isReleased) {
      this.#wantsShutdown = true;
      return;
    }
    this.session.end();
    this.#flush();
    this.#below.shutdown();
  }

  close(closed: () => void): void {
    this.#isClosed = true;
    this.#below.close(closed);
  }

  reset(closed: () => void): void {
    this.#isClosed = true;
    this.#below.reset(closed);
  }

  setReferenced(referenced: boolean): void {
    this.#below.setReferenced(referenced);
  }

  setNoDelay(noDelay: boolean): void {
    this.#below.setNoDelay(noDelay);
  }

  setKeepAlive(enabled: boolean, delay: number): void {
    this.#below.setKeepAlive(enabled, delay);
  }

  onData(bytes: Uint8Array): void {
    let plain: Uint8Array | undefined;
    try {
      plain = this.session.receive(bytes);
    } catch (error) {
      // The alert says why, to the peer.
      this.#flush();
      this.owner?.onFailure(error as Error);
      return;
    }
    this.#flush();
    if (this.#isHandshaking && !this.session.isHandshaking) {
      this.#isHandshaking = false;
      this.owner?.onHandshake();
    }
    if (plain !== undefined && !this.#isClosed) this.owner?.onData(plain);
    if (this.session.isPeerClosed) this.#ended();
  }

  onEnd(): void {
    if (this.#isHandshaking) this.owner?.onEarlyEnd();
    else this.#ended();
  }

  #ended(): void {
    if (this.#hasEnded || this.#isClosed) return;
    this.#hasEnded = true;
    this.owner?.onEnd();
  }

  onDrain(): void {
    if (this.#isReleased) this.owner?.onDrain();
  }

  onShutdown(): void {
    this.owner?.onShutdown();
  }

  onFailure(error: Error): void {
    this.owner?.onFailure(error);
  }

  /** Sends what the session has to say; a connection that broke is reported a moment later. */
  #flush(): boolean {
    try {
      return this.#send();
    } catch (error) {
      nextTick(() => !this.#isClosed && this.owner?.onFailure(error as Error));
      return false;
    }
  }

  #send(): boolean {
    if (this.#isClosed) return true;
    const encrypted = this.session.take();
    return encrypted === undefined || this.#below.write(encrypted);
  }
}
