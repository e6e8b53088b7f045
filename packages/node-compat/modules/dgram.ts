import {
  bindUdp,
  close,
  datagramBufferSize,
  localAddress,
  remoteAddress,
  sendTo,
  setDatagramOption,
  setMember,
  setMulticastInterface,
  setReferenced,
  setRemote,
  setSourceMember,
  type SocketEvent,
} from "laconic:sockets";
import { Buffer } from "./buffer.js";
import { Outgoing } from "./dgram/outgoing.js";
import { lookup as systemLookup } from "./dns/lookup.js";
import { EventEmitter } from "./events/emitter.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { invalidArgType, missingArgs, nodeError } from "./internal/errors.js";
import {
  validateAbortSignal,
  validateFunction,
  validateNumber,
  validateString,
} from "./internal/validate.js";
import { bindContext } from "./net/context.js";
import { connectException, errnoException } from "./net/errno.js";
import { validatePort } from "./net/options.js";
import { nextTick } from "./process/ticks.js";
import { getSystemErrorMap } from "./util/system-errors.js";

const EBADF = -9;
const EAGAIN = -11;

type State = "unbound" | "binding" | "bound" | "closed";
type Link = "none" | "connecting" | "connected";

/** `dgram.Socket`: a UDP socket, which is bound when it is first used. */
export class Socket extends (EventEmitter as Any) {
  readonly type: "udp4" | "udp6";
  readonly #options: Any;
  readonly #lookup: AnyFunction;
  #id: number | undefined;
  #state: State = "unbound";
  #link: Link = "none";
  #isReferenced = true;
  /** What is to be done once it is bound. */
  #waiting: (() => void)[] = [];

  constructor(type: Any, listener?: AnyFunction) {
    super();
    const options = type !== null && typeof type === "object" ? type : {};
    const kind = options === type ? options.type : type;
    if (kind !== "udp4" && kind !== "udp6") {
      const message = "Bad socket type specified. Valid types are: udp4, udp6";
      throw nodeError(TypeError, "ERR_SOCKET_BAD_TYPE", message);
    }
    if (options.lookup !== undefined) validateFunction(options.lookup, "lookup");
    this.type = kind;
    this.#options = options;
    this.#lookup = options.lookup ?? systemLookup;
    if (typeof listener === "function") this.on("message", listener);
    const { signal } = options;
    if (signal === undefined) return;
    validateAbortSignal(signal, "options.signal");
    const abort = (): void => {
      if (this.#state !== "closed") this.close();
    };
    if (signal.aborted) nextTick(abort);
    else {
      signal.addEventListener("abort", abort);
      this.once("close", () => signal.removeEventListener("abort", abort));
    }
  }

  // ------------------------------------------------------------------ binding

  bind(given?: Any, givenAddress?: Any, ...rest: Any[]): this {
    this.#check();
    if (this.#state !== "unbound") {
      throw nodeError(Error, "ERR_SOCKET_ALREADY_BOUND", "Socket is already bound");
    }
    const last = [given, givenAddress, ...rest].findLast((one) => typeof one === "function");
    if (last) {
      const remove = (): void => {
        this.removeListener("error", remove);
        this.removeListener("listening", onListening);
      };
      const onListening = function (this: Any, ...args: Any[]): void {
        remove();
        last.apply(this, args);
      };
      this.on("error", remove);
      this.on("listening", onListening);
    }
    const options = given !== null && typeof given === "object" ? given : {};
    if (options.fd !== undefined) throw invalidArgType("options.fd", "undefined", options.fd);
    const port = options === given ? options.port : typeof given === "function" ? 0 : given;
    const address =
      options === given ? options.address : typeof givenAddress === "function" ? "" : givenAddress;
    this.#state = "binding";
    this.#resolve(address || (this.type === "udp4" ? "0.0.0.0" : "::"), (error, ip) => {
      if (this.#state !== "binding") return;
      if (error) {
        this.#state = "unbound";
        return this.#failed(error);
      }
      this.#open(ip!, port === undefined || port === null ? 0 : Number(port) & 0xffff, port);
    });
    return this;
  }

  #open(ip: string, port: number, asked: unknown): void {
    const { reuseAddr = false, reusePort = false, ipv6Only = false } = this.#options;
    const flags: [boolean, boolean, boolean] = [Boolean(reuseAddr), Boolean(reusePort), Boolean(ipv6Only)];
    const hear = (kind: SocketEvent, value: unknown): void => {
      if (kind === "open") return this.#opened();
      if (kind === "datagram") return this.#received(value as [Uint8Array, string, number, number]);
      if (kind === "close") return;
      if (kind === "bind") {
        close(this.#id!);
        this.#id = undefined;
        this.#state = "unbound";
        return this.#failed(connectException(value as number, "bind", ip, Number(asked) || undefined));
      }
      this.emit("error", errnoException(value as number, kind === "read" ? "recvmsg" : kind));
    };
    this.#id = bindUdp(ip, port, flags, bindContext(hear));
    if (!this.#isReferenced) setReferenced(this.#id, false);
  }

  #opened(): void {
    if (this.#state !== "binding") return;
    this.#state = "bound";
    const { recvBufferSize, sendBufferSize } = this.#options;
    if (recvBufferSize) this.#setBufferSize("receiveBuffer", recvBufferSize);
    if (sendBufferSize) this.#setBufferSize("sendBuffer", sendBufferSize);
    this.emit("listening");
    for (const act of this.#waiting.splice(0)) act();
  }

  #failed(error: unknown): void {
    this.#waiting = [];
    this.emit("error", error);
  }

  #received([bytes, address, port, zone]: [Uint8Array, string, number, number]): void {
    const family = this.type === "udp4" ? "IPv4" : "IPv6";
    const sender = { address: zone > 0 ? `${address}%${zone}` : address, family, port, size: bytes.length };
    this.emit("message", Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), sender);
  }

  #resolve(address: string, callback: (error: Any, ip?: string) => void): void {
    this.#lookup(address, this.type === "udp4" ? 4 : 6, callback);
  }

  /** Does something once the socket is bound; binds it when nobody has. */
  #whenBound(act: () => void): void {
    if (this.#state === "bound") return act();
    this.#waiting.push(act);
    if (this.#state === "unbound") this.bind({ port: 0, exclusive: true });
  }

  // ------------------------------------------------------------------ connecting

  connect(port: Any, address?: Any, callback?: Any): void {
    const checked = validatePort(port, "Port", false);
    if (typeof address === "function") {
      callback = address;
      address = "";
    } else if (address === undefined) address = "";
    validateString(address, "address");
    if (callback !== undefined) validateFunction(callback, "callback");
    this.#check();
    if (this.#link !== "none") throw nodeError(Error, "ERR_SOCKET_DGRAM_IS_CONNECTED", "Already connected");
    this.#link = "connecting";
    if (callback) this.once("connect", callback);
    const fail = (error: unknown): void => {
      this.#link = "none";
      if (!callback) return void nextTick(() => this.emit("error", error));
      this.removeListener("connect", callback);
      nextTick(callback, error);
    };
    this.#whenBound(() =>
      this.#resolve(address || this.#loopback(), (error, ip) => {
        if (this.#state === "closed") return;
        if (error) return fail(error);
        const errno = setRemote(this.#id!, ip, checked);
        if (errno < 0) return fail(connectException(errno, "connect", address || this.#loopback(), checked));
        this.#link = "connected";
        nextTick(() => this.emit("connect"));
      }),
    );
  }

  disconnect(): void {
    if (this.#link !== "connected") throw notConnected();
    this.#check();
    const errno = setRemote(this.#id!, undefined, 0);
    if (errno < 0) throw errnoException(errno, "connect");
    this.#link = "none";
  }

  remoteAddress(): Any {
    this.#check();
    if (this.#link !== "connected") throw notConnected();
    return shown(remoteAddress(this.#id!), "getpeername");
  }

  #loopback(): string {
    return this.type === "udp4" ? "127.0.0.1" : "::1";
  }

  // ------------------------------------------------------------------ sending

  send(...args: Any[]): void {
    const sent = Outgoing.of(args, this.#link === "connected");
    this.#check();
    const bytes = sent.join();
    this.#whenBound(() => {
      if (this.#link === "connected") return this.#send(bytes, sent, undefined);
      this.#resolve(sent.address || this.#loopback(), (error, ip) => {
        if (error)
          return sent.callback ? nextTick(sent.callback, error) : nextTick(() => this.emit("error", error));
        if (this.#state !== "closed") this.#send(bytes, sent, ip);
      });
    });
  }

  #send(bytes: Uint8Array, sent: Outgoing, ip: string | undefined): void {
    if (this.#id === undefined) return;
    const result = sendTo(this.#id, bytes, ip, sent.port);
    // The system has no room: as libuv does, again when it may have.
    if (result === EAGAIN) return void setImmediate(() => this.#send(bytes, sent, ip));
    const { callback } = sent;
    if (result >= 0) {
      if (callback) nextTick(callback, null, bytes.length);
      return;
    }
    // Without a callback nobody hears of it, as in Node.
    if (!callback) return;
    nextTick(callback, connectException(result, "send", sent.address || (ip ?? ""), sent.port || undefined));
  }

  // ------------------------------------------------------------------ closing

  close(callback?: AnyFunction): this {
    if (typeof callback === "function") this.on("close", callback);
    if (this.#waiting.length > 0) {
      this.#waiting.push(() => this.close());
      return this;
    }
    this.#check();
    this.#state = "closed";
    if (this.#id !== undefined) close(this.#id);
    this.#id = undefined;
    nextTick(() => this.emit("close"));
    return this;
  }

  async [(Symbol as Any).asyncDispose ?? Symbol.for("nodejs.asyncDispose")](): Promise<void> {
    if (this.#state === "closed") return;
    return new Promise((resolve) => void this.close(() => resolve()));
  }

  address(): Any {
    this.#check();
    return shown(this.#id === undefined ? undefined : localAddress(this.#id), "getsockname");
  }

  ref(): this {
    return this.#reference(true);
  }

  unref(): this {
    return this.#reference(false);
  }

  #reference(isReferenced: boolean): this {
    this.#isReferenced = isReferenced;
    if (this.#id !== undefined) setReferenced(this.#id, isReferenced);
    return this;
  }

  #check(): void {
    if (this.#state === "closed") throw nodeError(Error, "ERR_SOCKET_DGRAM_NOT_RUNNING", "Not running");
  }

  // ------------------------------------------------------------------ options

  setBroadcast(value: unknown): void {
    this.#set("broadcast", value ? 1 : 0, "setBroadcast");
  }

  setTTL(ttl: unknown): unknown {
    validateNumber(ttl, "ttl");
    this.#set("ttl", ttl, "setTTL");
    return ttl;
  }

  setMulticastTTL(ttl: unknown): unknown {
    validateNumber(ttl, "ttl");
    this.#set("multicastTtl", ttl, "setMulticastTTL");
    return ttl;
  }

  setMulticastLoopback(value: unknown): unknown {
    this.#set("multicastLoopback", value ? 1 : 0, "setMulticastLoopback");
    return value;
  }

  setMulticastInterface(address: unknown): void {
    this.#check();
    validateString(address, "interfaceAddress");
    this.#throwFor(
      this.#id === undefined ? EBADF : setMulticastInterface(this.#id, address),
      "setMulticastInterface",
    );
  }

  addMembership(group: Any, link?: Any): void {
    this.#setMember(group, link, true, "addMembership");
  }

  dropMembership(group: Any, link?: Any): void {
    this.#setMember(group, link, false, "dropMembership");
  }

  #setMember(group: Any, link: Any, joins: boolean, name: string): void {
    this.#check();
    if (!group) throw missingArgs("multicastAddress");
    this.#throwFor(
      this.#id === undefined ? EBADF : setMember(this.#id, group, link || undefined, joins),
      name,
    );
  }

  addSourceSpecificMembership(source: Any, group: Any, link?: Any): void {
    this.#setSourceMember(source, group, link, true, "addSourceSpecificMembership");
  }

  dropSourceSpecificMembership(source: Any, group: Any, link?: Any): void {
    this.#setSourceMember(source, group, link, false, "dropSourceSpecificMembership");
  }

  #setSourceMember(source: Any, group: Any, link: Any, joins: boolean, name: string): void {
    this.#check();
    validateString(source, "sourceAddress");
    validateString(group, "groupAddress");
    const id = this.#id;
    this.#throwFor(
      id === undefined ? EBADF : setSourceMember(id, source, group, link || undefined, joins),
      name,
    );
  }

  #set(option: string, value: number, name: string): void {
    this.#check();
    if (this.#id === undefined || this.#state !== "bound") throw errnoException(EBADF, name);
    const isWrong = !Number.isInteger(value) || value < 0 || value > 255 || (option === "ttl" && value === 0);
    this.#throwFor(isWrong ? -22 : setDatagramOption(this.#id, option, value), name);
  }

  #throwFor(errno: number, name: string): void {
    if (errno < 0) throw errnoException(errno, name);
  }

  setRecvBufferSize(size: unknown): void {
    this.#setBufferSize("receiveBuffer", size);
  }

  setSendBufferSize(size: unknown): void {
    this.#setBufferSize("sendBuffer", size);
  }

  getRecvBufferSize(): number {
    return this.#bufferSize(true);
  }

  getSendBufferSize(): number {
    return this.#bufferSize(false);
  }

  #setBufferSize(option: "receiveBuffer" | "sendBuffer", size: unknown): void {
    if (!Number.isInteger(size) || (size as number) < 0 || (size as number) > 0xffff_ffff) {
      throw nodeError(TypeError, "ERR_SOCKET_BAD_BUFFER_SIZE", "Buffer size must be a positive integer");
    }
    const errno = this.#id === undefined ? EBADF : setDatagramOption(this.#id, option, size as number);
    if (errno < 0) throw bufferError(errno, option === "receiveBuffer");
  }

  #bufferSize(isReceiving: boolean): number {
    const size = this.#id === undefined ? EBADF : datagramBufferSize(this.#id, isReceiving);
    if (size < 0) throw bufferError(size, isReceiving);
    return size;
  }

  /** The system takes what is sent at once. */
  getSendQueueSize(): number {
    return 0;
  }

  getSendQueueCount(): number {
    return 0;
  }
}

function shown(address: Any, syscall: string): Any {
  if (address === undefined) throw errnoException(EBADF, syscall);
  return { address: address.address, family: address.family, port: address.port };
}

function notConnected(): Error {
  return nodeError(Error, "ERR_SOCKET_DGRAM_NOT_CONNECTED", "Not connected");
}

function bufferError(errno: number, isReceiving: boolean): Error {
  const syscall = isReceiving ? "uv_recv_buffer_size" : "uv_send_buffer_size";
  const [code, message] = getSystemErrorMap().get(errno) ?? [`Unknown system error ${errno}`, ""];
  const text = `Could not get or set buffer size: ${syscall} returned ${code} (${message})`;
  const error: Any = nodeError(Error, "ERR_SOCKET_BUFFER_SIZE", text);
  const info = { errno, code, message, syscall };
  Object.defineProperty(error, "name", { value: "SystemError", configurable: true });
  return Object.assign(error, { info, errno, syscall });
}

export function createSocket(type: Any, listener?: AnyFunction): Socket {
  return new Socket(type, listener);
}

export default { createSocket, Socket };
