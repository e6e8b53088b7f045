import { TlsSession } from "laconic:sockets";
import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";
import { callable } from "../internal/callable.js";
import { nodeError, unsupported } from "../internal/errors.js";
import { Socket } from "../net/socket.js";
import type { StreamHandle } from "../net/stream-handle.js";
import { describe, describeChain } from "./certificate.js";
import { contextFor } from "./context.js";
import { checkServerIdentity } from "./identity.js";
import { JSStreamSocket } from "./js-stream-socket.js";
import { TlsHandle, type TlsOwner } from "./tls-handle.js";
import process from "../process/node-process.js";

/** `tls.TLSSocket`, client side: its own connection, or one over a socket or any Duplex. */
class TLSSocketClass extends Socket implements TlsOwner {
  readonly encrypted = true;
  authorized = false;
  authorizationError: Any = null;
  alpnProtocol: string | false | null = null;
  servername: string | false | null = null;
  secureConnecting = true;
  readonly #options: Any;
  #tls: TlsHandle | undefined;
  #requestedName: string | false = false;
  #isStarted = false;
  /** Encrypted bytes that the socket below had read already. */
  #early: Uint8Array | null = null;

  constructor(socket?: Any, options: Any = {}) {
    if (options.isServer) throw unsupported("A TLS server", "the library answers requests in process");
    super({
      allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen,
      highWaterMark: options.highWaterMark,
    });
    this.#options = options;
    this.on("end", () => this.secureConnecting && this.onEarlyEnd());
    if (socket) this.#wrap(socket);
  }

  /** Takes over what carries the encrypted bytes. */
  #wrap(socket: Any): void {
    this._parent = socket;
    // A name that the app has not given is the one that the socket was connected to.
    this._host ??= socket._host;
    socket.once("close", () => this.destroy());
    socket.on("error", (error: Error) => this.destroy(error));
    if (!(socket instanceof Socket)) return this.#secureOver(new JSStreamSocket(socket));
    if (socket._handle && !socket.connecting) return this.#secureOver(socket);
    this.connecting = true;
    socket.once("connect", () => {
      this.connecting = false;
      if (this.destroyed) return;
      this.#secureOver(socket);
      this.emit("connect");
    });
  }

  #secureOver(wrap: Socket): void {
    this.#secure(wrap._handle!);
    this.#tls!._parentWrap = wrap;
    this.#early = wrap instanceof JSStreamSocket ? null : wrap.read();
  }

  /** Begins the handshake. What makes a TLSSocket of its own over another socket calls it, as `tls.connect` does. */
  _start(): void {
    if (this.connecting) return void this.once("connect", this._start);
    if (!this._handle || this.#isStarted) return;
    this.#isStarted = true;
    this.#tls!.start();
    if (this.#early) this.#tls!.onData(this.#early);
    this.read(0);
  }

  override _connected(handle: StreamHandle): void {
    this.#secure(handle);
    this.#isStarted = true;
    this.#tls!.start();
    super._connected(this.#tls!);
  }

  #secure(handle: StreamHandle): void {
    const options = this.#options;
    const host = options.host ?? this._host ?? this._parent?._host;
    const name = options.servername || host || handle.remoteAddress?.address || "localhost";
    this.#requestedName = options.servername || false;
    this.#tls = new TlsHandle(handle, () => {
      const { context } = options.secureContext ?? contextFor(options);
      return new TlsSession(context, name, protocols(options.ALPNProtocols));
    });
    this._attach(this.#tls);
  }

  get #session(): TlsSession | undefined {
    return this.#tls?.session;
  }

  onHandshake(): void {
    if (this.destroyed) return;
    this.alpnProtocol = this.#session!.alpnProtocol ?? false;
    this.servername = this.#requestedName;
    const error = this.#verify();
    this.authorized = error === undefined;
    if (error) {
      this.authorizationError = error.code ?? error.message;
      if (this.#rejects) {
        this.destroy(error);
        return;
      }
    }
    this.secureConnecting = false;
    // In this order: Node decides about the peer in a listener of "secure", and there says "secureConnect".
    this.emit("secureConnect");
    this.emit("secure");
    this.#tls?.release();
  }

  get #rejects(): boolean {
    const { rejectUnauthorized } = this.#options;
    return rejectUnauthorized === undefined
      ? process.env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0"
      : rejectUnauthorized !== false;
  }

  #verify(): Any {
    const fault = this.#session!.fault();
    if (fault) return Object.assign(new Error(fault.message), { code: fault.code });
    const { servername, host } = this.#options;
    const name = servername || host || this._host || this._parent?._host || "localhost";
    const check = this.#options.checkServerIdentity ?? checkServerIdentity;
    return check(name, this.getPeerCertificate(true)) ?? undefined;
  }

  onEarlyEnd(): void {
    if (this.destroyed || !this.secureConnecting) return;
    const { host, port, path, localAddress } = this.#options;
    const error = nodeError(
      Error,
      "ECONNRESET",
      "Client network socket disconnected before secure TLS connection was established",
    );
    error.stack = error.stack!.replace("[ECONNRESET]", "").replace("Error :", "Error:");
    Object.defineProperty(error, "toString", { value: Error.prototype.toString });
    this.destroy(Object.assign(error, { path: path ?? null, host, port, localAddress }));
  }

  override _closed(): void {
    this._parent?.destroy();
  }

  // ------------------------------------------------------------------ what is known of the connection

  getPeerCertificate(detailed = false): Any {
    const chain = this.#session?.peerCertificates() ?? [];
    if (chain.length === 0) return this.#session ? {} : null;
    return detailed ? describeChain(chain) : describe(chain[0]!);
  }

  getProtocol(): string | null {
    return this.#session?.protocol ?? null;
  }

  getCipher(): object | undefined {
    const standardName = this.#session?.cipher;
    if (standardName === undefined) return undefined;
    return {
      name: opensslName(standardName),
      standardName,
      version: standardName.includes("_WITH_") ? "TLSv1.2" : "TLSv1.3",
    };
  }

  isSessionReused(): boolean {
    return this.#session?.isResumed ?? false;
  }

  exportKeyingMaterial(length: number, label: string, context?: Uint8Array): Uint8Array {
    if (!this.#session || this.secureConnecting) {
      throw nodeError(Error, "ERR_TLS_INVALID_STATE", "TLS socket connection must be securely established");
    }
    return Buffer.from(this.#session.exportKeyingMaterial(length, label, context));
  }

  /** Sessions are resumed within the engine: nobody else need keep them. */
  getSession(): undefined {
    return undefined;
  }

  getTLSTicket(): undefined {
    return undefined;
  }

  setSession(): void {
    // As above.
  }

  getCertificate(): object {
    return {};
  }

  getEphemeralKeyInfo(): object {
    return {};
  }

  getFinished(): undefined {
    return undefined;
  }

  getPeerFinished(): undefined {
    return undefined;
  }

  getPeerX509Certificate(): undefined {
    return undefined;
  }

  getSharedSigalgs(): string[] {
    return [];
  }

  setServername(name: string): void {
    this.#options.servername = name;
  }

  setMaxSendFragment(): boolean {
    return false;
  }

  disableRenegotiation(): void {
    // There is none to disable.
  }

  enableTrace(): void {
    // There is nothing to trace with.
  }

  renegotiate(_options: unknown, callback?: (error: Error) => void): boolean {
    if (callback) setImmediate(() => callback(unsupported("TLS renegotiation", "TLS 1.3 has none")));
    return false;
  }
}

export const TLSSocket = /* @__PURE__ */ callable("TLSSocket", TLSSocketClass);
export type TLSSocket = TLSSocketClass;

/** Names, or the bytes of the extension: each with its length in front. */
function protocols(given: Any): string[] {
  if (given == null) return [];
  if (Array.isArray(given))
    return given.map((name) => (typeof name === "string" ? name : Buffer.from(name).toString("latin1")));
  const bytes = Buffer.from(given.buffer ?? given, given.byteOffset ?? 0, given.byteLength);
  const names: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 1 + bytes[offset]) {
    names.push(bytes.toString("latin1", offset + 1, offset + 1 + bytes[offset]));
  }
  return names;
}

/** `ECDHE-RSA-AES128-GCM-SHA256` for `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; TLS 1.3 has one name only. */
function opensslName(name: string): string {
  if (!name.includes("_WITH_")) return name;
  return name
    .replace(/^TLS_/, "")
    .replace("_WITH_", "_")
    .replace(/AES_(\d+)/, "AES$1")
    .replace(/(CHACHA20_POLY1305)_SHA256$/, "$1")
    .replaceAll("_", "-");
}
