import type { SocketAddress } from "laconic:sockets";

/** Who hears what happens to a handle. */
export interface HandleOwner {
  onData(bytes: Uint8Array): void;
  /** The peer sends no more. */
  onEnd(): void;
  /** What a write left over has gone out. */
  onDrain(): void;
  onShutdown(): void;
  /** The connection is broken: an error of the system, or of TLS. */
  onFailure(error: Error): void;
}

/** A connected byte stream below `net.Socket`: the system's, TLS over another, or any Duplex. */
export interface StreamHandle {
  owner: HandleOwner | undefined;
  readonly localAddress: SocketAddress | undefined;
  readonly remoteAddress: SocketAddress | undefined;
  readStart(): void;
  readStop(): void;
  /** True when all of it went out; false when `onDrain` will follow. Throws what broke the connection. */
  write(bytes: Uint8Array): boolean;
  /** Ends the write side when all is out; `onShutdown` follows. */
  shutdown(): void;
  close(closed: () => void): void;
  /** Closes with a reset where there is such a thing. */
  reset(closed: () => void): void;
  setReferenced(referenced: boolean): void;
  readonly isReferenced: boolean;
  setNoDelay(noDelay: boolean): void;
  setKeepAlive(enabled: boolean, delay: number): void;
}
