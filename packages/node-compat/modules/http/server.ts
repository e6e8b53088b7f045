import { EventEmitter } from "../events/emitter.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";
import { validateBoolean, validateInteger } from "../internal/validate.js";
import { connectException } from "../net/errno.js";
import { listenInProcess, stopListening } from "../net/in-process.js";
import { normalizeArgs, validatePort } from "../net/options.js";
import type { StreamHandle } from "../net/stream-handle.js";
import { nextTick } from "../process/ticks.js";
import { STATUS_CODES } from "./constants.js";
import { IncomingMessage } from "./incoming.js";
import { provided } from "./provided.js";
import { ServerResponse } from "./server-response.js";
import { serving } from "./serving.js";

/** The dispatcher asks for them. */
const listening: Any[] = (provided.servers = []);

const EADDRINUSE = -98;

/** Ports that apps are told when they ask for any. */
const FIRST_PORT = 49_152;
let lastPort = FIRST_PORT;

/**
 * A server without a port: requests come from the dispatcher, which calls its "request" listeners, and from the app
 * itself, over connections within the process.
 */
export function Server(this: Any, options?: Any, listener?: Any): Any {
  if (!(this instanceof Server)) return new (Server as Any)(options, listener);
  EventEmitter.call(this as Any);
  if (typeof options === "function") {
    listener = options;
    options = {};
  } else if (options !== undefined && options !== null && typeof options !== "object") {
    throw invalidArgType("options", "object", options);
  }
  const server = this as Any;
  server.IncomingMessage = options?.IncomingMessage ?? IncomingMessage;
  server.ServerResponse = options?.ServerResponse ?? ServerResponse;
  storeLimits(server, options ?? {});
  server.highWaterMark = options?.highWaterMark;
  server.rejectNonStandardBodyWrites = options?.rejectNonStandardBodyWrites ?? false;
  server.httpAllowHalfOpen = false;
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
  server.listening = false;
  server._address = null;
  server.on("connection", (socket: Any) => serving.listener?.call(server, socket));
  if (listener) server.on("request", listener);
  return server;
}
function storeLimits(server: Any, options: Any): void {
  for (const name of ["maxHeaderSize", "requestTimeout", "headersTimeout", "keepAliveTimeout"]) {
    if (options[name] !== undefined) validateInteger(options[name], name, 0);
  }
  for (const name of ["insecureHTTPParser", "requireHostHeader", "joinDuplicateHeaders"]) {
    if (options[name] !== undefined) validateBoolean(options[name], `options.${name}`);
  }
  server.maxHeaderSize = options.maxHeaderSize;
  server.insecureHTTPParser = options.insecureHTTPParser;
  server.requestTimeout = options.requestTimeout ?? 300_000;
  server.headersTimeout = options.headersTimeout ?? Math.min(60_000, server.requestTimeout);
  if (server.requestTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw outOfRange("headersTimeout", "<= requestTimeout", options.headersTimeout);
  }
  server.keepAliveTimeout = options.keepAliveTimeout ?? 5_000;
  server.connectionsCheckingInterval = options.connectionsCheckingInterval ?? 30_000;
  server.requireHostHeader = options.requireHostHeader ?? true;
  server.joinDuplicateHeaders = options.joinDuplicateHeaders;
}

Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

const prototype = Server.prototype as Any;

prototype.listen = function listen(this: Any, ...args: Any[]) {
  if (this.listening) {
    throw nodeError(
      Error,
      "ERR_SERVER_ALREADY_LISTEN",
      "Listen method has been called more than once without closing.",
    );
  }
  const [options, callback] = normalizeArgs(args);
  if (options.port !== undefined && options.port !== null && options.path === undefined) {
    validatePort(options.port, "options.port");
  }
  if (callback) this.once("listening", callback);
  const address = addressOf(options);
  const isDualStack = address.address === "::";
  const accept = (handle: StreamHandle) => serving.open?.(this, handle);
  if (!listenInProcess(placeOf(address), { accept, isDualStack })) {
    const error = addressInUse(address);
    nextTick(() => this.emit("error", error));
    return this;
  }
  this._address = address;
  this.listening = true;
  listening.push(this);
  if (options.signal) options.signal.addEventListener("abort", () => this.close(), { once: true });
  nextTick(() => this.listening && this.emit("listening"));
  return this;
};

function placeOf(address: Any): number | string {
  return typeof address === "string" ? address : address.port;
}

function addressInUse(address: Any): Error {
  const [host, port] = typeof address === "string" ? [address] : [address.address, address.port];
  return connectException(EADDRINUSE, "listen", host, port);
}

function addressOf({ port, host, path }: Any): Any {
  if (typeof path === "string") return path;
  const number = Number(port) || lastPort++;
  if (typeof host === "string" && host.includes(".")) return { address: host, family: "IPv4", port: number };
  if (host === "localhost") return { address: "127.0.0.1", family: "IPv4", port: number };
  return {
    address: typeof host === "string" && host.includes(":") ? host : "::",
    family: "IPv6",
    port: number,
  };
}

prototype.address = function address(this: Any) {
  return this._address;
};

prototype.close = function close(this: Any, callback?: Any) {
  const wasListening = this.listening;
  if (wasListening) {
    stopListening(placeOf(this._address));
    listening.splice(listening.indexOf(this), 1);
  }
  this.listening = false;
  this._address = null;
  if (typeof callback === "function") {
    if (wasListening) this.once("close", callback);
    else {
      this.once("close", () =>
        callback(nodeError(Error, "ERR_SERVER_NOT_RUNNING", "Server is not running.")),
      );
    }
  }
  this.closeIdleConnections();
  this._connectionGone();
  return this;
};

/** The server is closed when it neither listens nor has a connection left. */
prototype._connectionGone = function _connectionGone(this: Any) {
  if (this.listening || this._isClosing || serving.of(this).length > 0) return;
  this._isClosing = true;
  nextTick(() => {
    this._isClosing = false;
    if (!this.listening) this.emit("close");
  });
};

/** As `net.Server` is told of a socket that has gone. */
prototype._forget = function _forget() {};

prototype.closeAllConnections = function closeAllConnections(this: Any) {
  for (const connection of serving.of(this)) connection.destroy();
};
prototype.closeIdleConnections = function closeIdleConnections(this: Any) {
  for (const connection of serving.of(this)) if (connection.isIdle) connection.destroy();
};
prototype.getConnections = function getConnections(this: Any, callback: Any) {
  nextTick(callback, null, serving.of(this).length);
  return this;
};
/** What an async listener rejects with, where the server captures rejections. */
prototype[Symbol.for("nodejs.rejection")] = function (this: Any, error: Any, event: string, ...args: Any[]) {
  const [, res] = args;
  if (event !== "request") return void args[1]?.destroy?.(error);
  if (res.headersSent || res.writableEnded) return void res.destroy();
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  res.statusCode = 500;
  res.end(STATUS_CODES[500]);
};
prototype.ref = prototype.unref = function (this: Any) {
  return this;
};
prototype.setTimeout = function setTimeout(this: Any, milliseconds: Any, callback?: Any) {
  if (typeof milliseconds === "function") callback = milliseconds;
  else this.timeout = milliseconds ?? 0;
  if (typeof callback === "function") this.on("timeout", callback);
  return this;
};
prototype[(Symbol as Any).asyncDispose ?? Symbol.for("nodejs.asyncDispose")] = function (this: Any) {
  return new Promise<void>((resolve, reject) =>
    this.close((error: unknown) => (error ? reject(error) : resolve())),
  );
};

export function createServer(options?: Any, listener?: Any): Any {
  return new (Server as Any)(options, listener);
}
