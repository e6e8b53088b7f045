import { EventTarget } from "./web/event-target.js";
import { EventEmitter } from "./events/emitter.js";
import type { Any } from "./internal/any.js";
import { cloned } from "./internal/cloning.js";
import { unsupported } from "./internal/errors.js";
import { structuredClone } from "./web/structured-clone.js";

export const isMainThread = true;
export const isInternalThread = false;
export const parentPort = null;
export const workerData = null;
export const threadId = 0;
export const threadName = "";
export const resourceLimits = {};
export const SHARE_ENV = Symbol.for("nodejs.worker_threads.SHARE_ENV");

export class Worker extends (EventEmitter as Any) {
  constructor() {
    super();
    throw unsupported("worker_threads.Worker", "it is one JavaScript thread inside the host process");
  }
}

/** One end of a channel: what is posted to the other is told here, copied. */
export class MessagePort extends (EventEmitter as Any) {
  #other: MessagePort | undefined;
  #waiting: unknown[] = [];
  #isStarted = false;
  #isClosed = false;
  onmessage: ((event: Any) => void) | null = null;

  static join(left: MessagePort, right: MessagePort): void {
    left.#other = right;
    right.#other = left;
  }

  static take(port: MessagePort): { message: unknown } | undefined {
    return port.#waiting.length > 0 ? { message: port.#waiting.shift() } : undefined;
  }

  postMessage(message: unknown, options?: Any): void {
    const transfer = Array.isArray(options) ? options : options?.transfer;
    const copy = structuredClone(message, transfer ? { transfer } : undefined);
    const other = this.#other;
    if (other === undefined || other.#isClosed) return;
    other.#waiting.push(copy);
    setImmediate(() => other.#deliver());
  }

  #deliver(): void {
    const isHeard = this.#isStarted || this.onmessage !== null || this.listenerCount("message") > 0;
    while (isHeard && this.#waiting.length > 0) {
      const data = this.#waiting.shift();
      this.emit("message", data);
      this.onmessage?.({ data, target: this, type: "message" });
    }
  }

  addEventListener(name: string, listener: (event: Any) => void): void {
    this.on(name, (data: unknown) => listener({ data, target: this, type: name }));
    this.start();
  }

  start(): void {
    this.#isStarted = true;
    setImmediate(() => this.#deliver());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#other?.close();
    setImmediate(() => this.emit("close"));
  }

  ref(): void {}
  unref(): void {}
  hasRef(): boolean {
    return false;
  }
}

cloned(MessagePort, "transferred");

export class MessageChannel {
  readonly port1 = new MessagePort();
  readonly port2 = new MessagePort();

  constructor() {
    MessagePort.join(this.port1, this.port2);
  }
}

/** Nobody else is there to hear it, but other channels of the same name are. */
const channels = new Map<string, Set<BroadcastChannel>>();

export class BroadcastChannel extends (EventTarget as Any) {
  readonly name: string;
  onmessage: ((event: Any) => void) | null = null;
  onmessageerror: ((event: Any) => void) | null = null;

  constructor(name: string) {
    super();
    this.name = `${name}`;
    const members = channels.get(this.name) ?? new Set();
    channels.set(this.name, members.add(this));
  }

  postMessage(message: unknown): void {
    for (const other of channels.get(this.name) ?? []) {
      if (other === this) continue;
      const data = structuredClone(message);
      setImmediate(() => other.onmessage?.({ data, target: other, type: "message" }));
    }
  }

  close(): void {
    channels.get(this.name)?.delete(this);
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

const environment = new Map<unknown, unknown>();

export const setEnvironmentData = (key: unknown, value: unknown): void =>
  void (value === undefined ? environment.delete(key) : environment.set(key, value));
export const getEnvironmentData = (key: unknown): unknown => environment.get(key);
export const receiveMessageOnPort = (port: MessagePort): { message: unknown } | undefined =>
  MessagePort.take(port);
export const markAsUntransferable = (): void => undefined;
export const markAsUncloneable = (): void => undefined;
export const isMarkedAsUntransferable = (): boolean => false;
export const moveMessagePortToContext = (port: MessagePort): MessagePort => port;
export const postMessageToThread = async (): Promise<void> => {
  throw unsupported(
    "worker_threads.postMessageToThread()",
    "it is one JavaScript thread inside the host process",
  );
};

export default {
  isInternalThread,
  isMainThread,
  MessagePort,
  MessageChannel,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  receiveMessageOnPort,
  resourceLimits,
  postMessageToThread,
  threadId,
  threadName,
  SHARE_ENV,
  Worker,
  parentPort,
  workerData,
  BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
};
