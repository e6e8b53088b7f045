import type { SocketAddress } from "laconic:sockets";
import type { Any, AnyFunction } from "../internal/any.js";
import { errnoException } from "./errno.js";
import type { HandleOwner, StreamHandle } from "./stream-handle.js";

const ECONNRESET = -104;
const EPIPE = -32;
/** A writer whose peer has not read this many bytes waits. */
const HIGH_WATER_MARK = 65_536;

/** What listens in this process without a port of the system's. */
export interface InProcessListener {
  /** Takes the far half of a connection. */
  accept(handle: StreamHandle): void;
  /** It listens on `::`, and sees a client of the older protocol by a mapped address. */
  readonly isDualStack: boolean;
}

/** By the port, or the path, that apps were told. */
const listeners = new Map<number | string, InProcessListener>();

/** @returns whether the place was free */
export function listenInProcess(place: number | string, listener: InProcessListener): boolean {
  if (listeners.has(place)) return false;
  listeners.set(place, listener);
  return true;
}

export function stopListening(place: number | string): void {
  listeners.delete(place);
}

const OWN_ADDRESS = /^(?:127(?:\.\d+){3}|0\.0\.0\.0|::1?|::ffff:127(?:\.\d+){3})$/i;

/**
 * @param address none for a path
 * @returns a connection to what listens there, or undefined: then the system is asked
 */
export function connectInProcess(place: number | string, address?: string): InProcessHandle | undefined {
  const listener = listeners.get(place);
  if (listener === undefined || (address !== undefined && !OWN_ADDRESS.test(address))) return undefined;
  const [near, far] = handlePair(place, address, listener.isDualStack);
  later(() => {
    if (near.isClosed) return;
    near.onOpen?.(0);
    listener.accept(far);
  });
  return near;
}

let lastPort = 60_999;

function handlePair(
  place: number | string,
  address: string | undefined,
  isDualStack: boolean,
): [InProcessHandle, InProcessHandle] {
  const of = (port: Any, isMapped = false): SocketAddress | undefined => {
    if (address === undefined) return undefined;
    const isNew = address.includes(":");
    if (isMapped && !isNew) return { address: `::ffff:${address}`, family: "IPv6", port };
    return { address, family: isNew ? "IPv6" : "IPv4", port };
  };
  const port = ++lastPort;
  const near = new InProcessHandle(of(port), of(place));
  const far = new InProcessHandle(of(place, isDualStack), of(port, isDualStack));
  near.peer = far;
  far.peer = near;
  return [near, far];
}

/** As what comes from the system: in a turn of its own, after ticks and promises. */
function later(act: AnyFunction): void {
  setImmediate(act);
}

/** One half of a connection that never leaves the process. */
export class InProcessHandle implements StreamHandle {
  owner: HandleOwner | undefined;
  /** Called once, when the connection is there. */
  onOpen: ((errno: number) => void) | undefined;
  peer: InProcessHandle | undefined;
  isReferenced = true;
  isClosed = false;
  readonly #arrived: Uint8Array[] = [];
  #waiting = 0;
  #isReading = false;
  #isDelivering = false;
  /** The peer sends no more. */
  #isEnded = false;
  #isEndTold = false;
  /** The peer waits until this half has read on. */
  #isPeerWaiting = false;

  constructor(
    readonly localAddress: SocketAddress | undefined,
    readonly remoteAddress: SocketAddress | undefined,
  ) {}

  readStart(): void {
    this.#isReading = true;
    this.#deliver();
  }

  readStop(): void {
    this.#isReading = false;
  }

  write(bytes: Uint8Array): boolean {
    const { peer } = this;
    if (peer === undefined || peer.isClosed) throw errnoException(EPIPE, "write");
    // Copied: the writer may use its buffer again.
    peer.#arrived.push(bytes.slice());
    peer.#waiting += bytes.length;
    peer.#deliver();
    if (peer.#waiting < HIGH_WATER_MARK) return true;
    peer.#isPeerWaiting = true;
    return false;
  }

  shutdown(): void {
    this.#tellEnd();
    later(() => this.owner?.onShutdown());
  }

  close(closed: () => void): void {
    if (!this.isClosed) {
      this.isClosed = true;
      // What was not read is lost, which the system tells the writer by a reset.
      if (this.#waiting > 0) this.#tellBreak();
      else this.#tellEnd();
    }
    later(closed);
  }

  reset(closed: () => void): void {
    this.isClosed = true;
    this.#tellBreak();
    later(closed);
  }

  setReferenced(referenced: boolean): void {
    this.isReferenced = referenced;
  }

  setNoDelay(): void {
    // Nothing is ever held back.
  }

  setKeepAlive(): void {
    // Neither half can vanish without the other.
  }

  #tellEnd(): void {
    const { peer } = this;
    if (peer === undefined) return;
    peer.#isEnded = true;
    peer.#deliver();
  }

  #tellBreak(): void {
    const { peer } = this;
    later(() => {
      if (peer !== undefined && !peer.isClosed) peer.owner?.onFailure(errnoException(ECONNRESET, "read"));
    });
  }

  #deliver(): void {
    if (this.#isDelivering || !this.#isReading || !(this.#arrived.length > 0 || this.#isEnded)) return;
    this.#isDelivering = true;
    later(() => {
      this.#isDelivering = false;
      this.#handOver();
    });
  }

  #handOver(): void {
    while (this.#isReading && !this.isClosed) {
      const bytes = this.#arrived.shift();
      if (bytes === undefined) break;
      this.#waiting -= bytes.length;
      this.owner?.onData(bytes);
    }
    if (this.#isPeerWaiting && this.#waiting < HIGH_WATER_MARK) {
      this.#isPeerWaiting = false;
      const { peer } = this;
      if (peer !== undefined && !peer.isClosed) peer.owner?.onDrain();
    }
    if (
      this.#isEnded &&
      !this.#isEndTold &&
      this.#arrived.length === 0 &&
      this.#isReading &&
      !this.isClosed
    ) {
      this.#isEndTold = true;
      this.owner?.onEnd();
    }
  }
}
