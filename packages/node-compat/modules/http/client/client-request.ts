import { Buffer } from "../../buffer.js";
import type { Any, AnyFunction } from "../../internal/any.js";
import { adopting, callable } from "../../internal/callable.js";
import { invalidArgType, nodeError } from "../../internal/errors.js";
import { validateAbortSignal, validateBoolean, validateNumber } from "../../internal/validate.js";
import * as net from "../../net.js";
import { bindContext } from "../../net/context.js";
import { nextTick } from "../../process/ticks.js";
import { isToken, validateHeaderName } from "../header-checks.js";
import { kNeedDrain, kOutHeaders, OutgoingMessage } from "../outgoing.js";
// A request may go to a server of the app's own.
import "../server/connection.js";
import { agents, validateAgent } from "./agent.js";
import { Exchange } from "./exchange.js";
import { normalizeRequest, validateHost, validatePath } from "./request-options.js";

/** Methods whose requests have no body unless one is written. */
const WITHOUT_BODY = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"]);

/** `http.ClientRequest`: one request, and the response to it. */
class ClientRequestClass extends /* @__PURE__ */ adopting(OutgoingMessage) {
  aborted = false;
  host: string;
  protocol: string;
  method: string;
  path: string;
  socketPath: string | undefined;
  timeout: number | undefined;
  timeoutCb: AnyFunction | null = null;
  maxHeaderSize: number | undefined;
  maxHeadersCount: number | null = null;
  insecureHTTPParser: boolean | undefined;
  joinDuplicateHeaders: boolean | undefined;
  parser: Any = null;
  res: Any = null;
  reusedSocket = false;
  upgradeOrConnect = false;
  _ended = false;
  #error: Error | undefined;
  #exchange: Exchange | undefined;
  #setTimeoutOnSocket: number | undefined;
  /** Runs what belongs to the request in its own async context, whichever request opened the connection. */
  readonly _inContext: (act: AnyFunction) => void = bindContext((act: AnyFunction) => act());

  constructor(input: Any, given?: Any, callback?: Any) {
    super();
    const [options, listener] = normalizeRequest(input, given, callback);
    this.agent = chooseAgent(options);
    const protocol = options.protocol || this.agent?.protocol || options._defaultAgent?.protocol || "http:";
    const expected = this.agent?.protocol ?? options._defaultAgent?.protocol ?? "http:";
    validatePath(options.path);
    if (protocol !== expected) {
      throw nodeError(
        TypeError,
        "ERR_INVALID_PROTOCOL",
        `Protocol "${protocol}" not supported. Expected "${expected}"`,
      );
    }
    const defaultPort = options.defaultPort || this.agent?.defaultPort;
    options.port = options.port || defaultPort || 80;
    const host = (validateHost(options.hostname, "hostname") ||
      validateHost(options.host, "host") ||
      "localhost") as string;
    options.host = host;
    const setHost =
      options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;
    if (options.setDefaultHeaders === false) {
      (this as Any)._removedConnection = (this as Any)._removedContLen = (this as Any)._removedTE = true;
    }
    this.host = host;
    this.protocol = protocol;
    this.method = methodOf(options);
    this.path = options.path || "/";
    this.socketPath = options.socketPath;
    this.#takeLimits(options);
    if (options.signal) this.#destroyOnAbort(options.signal);
    if (listener) this.once("response", listener);
    this.useChunkedEncodingByDefault = !WITHOUT_BODY.has(this.method);
    // Without an agent there is nobody to keep the connection.
    this.shouldKeepAlive = this.agent
      ? Boolean(this.agent.keepAlive) || this.agent.maxSockets !== Infinity
      : false;
    this.#takeHeaders(options, host, defaultPort, setHost);
    this.#findSocket(options);
  }

  #takeLimits(options: Any): void {
    if (options.timeout !== undefined) {
      validateNumber(options.timeout, "timeout");
      this.timeout = Math.min(options.timeout, 2 ** 31 - 1);
    }
    if (options.maxHeaderSize !== undefined) validateNumber(options.maxHeaderSize, "maxHeaderSize", 0);
    this.maxHeaderSize = options.maxHeaderSize;
    if (options.insecureHTTPParser !== undefined)
      validateBoolean(options.insecureHTTPParser, "options.insecureHTTPParser");
    this.insecureHTTPParser = options.insecureHTTPParser;
    if (options.joinDuplicateHeaders !== undefined)
      validateBoolean(options.joinDuplicateHeaders, "options.joinDuplicateHeaders");
    this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  }

  #takeHeaders(options: Any, host: string, defaultPort: Any, setHost: boolean): void {
    const { headers } = options;
    if (Array.isArray(headers)) {
      // Given as a list they go out as they are, and nothing is added.
      this._storeHeader(this.#firstLine, pairs(headers));
      return;
    }
    for (const name of Object.keys(headers ?? {})) this.setHeader(name, headers[name]);
    if (host && !this.getHeader("host") && setHost)
      this.setHeader("Host", hostField(host, options.port, defaultPort));
    if (options.auth && !this.getHeader("authorization"))
      this.setHeader("Authorization", basic(options.auth));
    if (this.getHeader("expect")) {
      if (this._header) throw headersSent("render");
      this._storeHeader(this.#firstLine, (this as Any)[kOutHeaders]);
    }
  }

  get #firstLine(): string {
    return `${this.method} ${this.path} HTTP/1.1\r\n`;
  }

  _implicitHeader(): void {
    if (this._header) throw headersSent("render");
    this._storeHeader(this.#firstLine, (this as Any)[kOutHeaders]);
  }

  #findSocket(options: Any): void {
    if (this.agent) {
      this.agent.addRequest(this, { ...options });
      return;
    }
    // One connection for this request alone.
    this._last = true;
    this.shouldKeepAlive = false;
    const connection = { ...options };
    if (this.socketPath) connection.path = this.socketPath;
    else delete connection.path;
    if (typeof options.createConnection === "function") {
      let isDone = false;
      const done = (error: Any, socket?: Any): void => {
        if (isDone) return;
        isDone = true;
        if (error) nextTick(() => this.emit("error", error));
        else this.onSocket(socket);
      };
      try {
        const socket = options.createConnection(connection, done);
        if (socket) done(null, socket);
      } catch (error) {
        done(error);
      }
    } else {
      this.onSocket(net.createConnection(connection));
    }
  }

  #destroyOnAbort(signal: AbortSignal): void {
    validateAbortSignal(signal, "options.signal");
    const abort = (): void => {
      const error = new Error("The operation was aborted", { cause: signal.reason });
      this.destroy(Object.assign(error, { name: "AbortError", code: "ABORT_ERR" }));
    };
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    this.once("close", () => signal.removeEventListener("abort", abort));
  }

  // ------------------------------------------------------------------ the connection

  /** The agent's answer: a connection, or why there is none. */
  onSocket(socket: Any, error?: Any): void {
    nextTick(() => {
      if (this.destroyed || error) return this.#refuse(socket, error);
      this.socket = socket;
      this.#exchange = new Exchange(this as Any, socket);
      this.#applyTimeout(socket);
      this.emit("socket", socket);
      this._flush();
    });
  }

  /** The request ended before it had a connection. */
  #refuse(socket: Any, given: Any): void {
    let error = given ?? this.#error;
    if (!this.aborted && !error) error = connectionReset("socket hang up");
    if (socket) {
      if (!this.agent || given) socket.destroy(error);
      else socket.emit("free");
    }
    this.destroyed = true;
    if (error) this.emit("error", error);
    this._close();
  }

  _close(): void {
    if (this._closed) return;
    this._closed = true;
    this.emit("close");
  }

  #applyTimeout(socket: Any): void {
    const milliseconds = this.#setTimeoutOnSocket ?? this.timeout;
    if (milliseconds === undefined) return;
    this._listenForTimeout(socket);
    socket.setTimeout(milliseconds);
  }

  _listenForTimeout(socket: Any): void {
    if (this.timeoutCb) return;
    this.timeoutCb = () => this.emit("timeout");
    socket.on("timeout", this.timeoutCb);
  }

  setTimeout(milliseconds: number, callback?: AnyFunction): this {
    if (this._ended) return this;
    validateNumber(milliseconds, "msecs");
    if (callback) this.once("timeout", callback);
    this.#setTimeoutOnSocket = this.timeout = milliseconds;
    if (this.socket) this.#applyTimeout(this.socket);
    return this;
  }

  clearTimeout(callback?: AnyFunction): void {
    this.setTimeout(0, callback);
  }

  setNoDelay(noDelay?: boolean): void {
    this.#withSocket((socket) => socket.setNoDelay(noDelay));
  }

  setSocketKeepAlive(enabled?: boolean, delay?: number): void {
    this.#withSocket((socket) => socket.setKeepAlive(enabled, delay));
  }

  #withSocket(act: (socket: Any) => void): void {
    const whenConnected = (socket: Any): void => {
      if (socket.connecting) socket.once("connect", () => act(socket));
      else act(socket);
    };
    if (this.socket) whenConnected(this.socket);
    else this.once("socket", whenConnected);
  }

  // ------------------------------------------------------------------ the end

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    nextTick(() => this.emit("abort"));
    this.destroy();
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    // Nobody waits for the rest of the response.
    this.res?._dump();
    this.#error = error as Error;
    if (this.socket) this.#exchange!.destroy(error);
    return this;
  }

  get errored(): Error | null {
    return this.#error ?? null;
  }

  /** The connection takes more. */
  _drained(): void {
    if (this.finished || !(this as Any)[kNeedDrain]) return;
    (this as Any)[kNeedDrain] = false;
    this.emit("drain");
  }
}

export const ClientRequest = /* @__PURE__ */ callable("ClientRequest", ClientRequestClass);
export type ClientRequest = ClientRequestClass;

function headersSent(action: string): Error {
  return nodeError(
    Error,
    "ERR_HTTP_HEADERS_SENT",
    `Cannot ${action} headers after they are sent to the client`,
  );
}

function chooseAgent(options: Any): Any {
  const { agent } = options;
  validateAgent(agent === false ? undefined : agent);
  const standard = options._defaultAgent ?? agents.http;
  if (agent === false) return new standard.constructor();
  if (agent !== null && agent !== undefined) return agent;
  return typeof options.createConnection === "function" ? undefined : standard;
}

function methodOf({ method }: Any): string {
  if (method !== null && method !== undefined && typeof method !== "string") {
    throw invalidArgType("options.method", "string", method);
  }
  if (!method) return "GET";
  if (!isToken(method)) {
    throw nodeError(TypeError, "ERR_INVALID_HTTP_TOKEN", `Method must be a valid HTTP token ["${method}"]`);
  }
  return method.toUpperCase();
}

function hostField(host: string, port: Any, defaultPort: Any): string {
  // An IPv6 address needs brackets, or its last group would be taken for the port.
  const name =
    host.includes(":") && host.indexOf(":") !== host.lastIndexOf(":") && !host.startsWith("[")
      ? `[${host}]`
      : host;
  return port && Number(port) !== defaultPort ? `${name}:${port}` : name;
}

function basic(auth: string): string {
  return `Basic ${Buffer.from(auth).toString("base64")}`;
}

/** `["A", "1", "B", "2"]` or `[["A", "1"], ["B", "2"]]` */
function pairs(headers: Any[]): [string, Any][] {
  const all: [string, Any][] = [];
  if (Array.isArray(headers[0])) all.push(...(headers as [string, Any][]));
  else for (let index = 0; index < headers.length; index += 2) all.push([headers[index], headers[index + 1]]);
  for (const [name] of all) validateHeaderName(name);
  return all;
}

export function connectionReset(message: string): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET" });
}
