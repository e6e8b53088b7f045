import { EventEmitter } from "../events/emitter.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { IncomingMessage } from "./incoming.js";
import { ServerResponse } from "./server-response.js";
import process from "../process/node-process.js";

/** Servers that listen, in the order in which they began to: the dispatcher asks for them by this name. */
const LISTENING = Symbol.for("laconic.http.listening");

function listening(): Any[] {
  return ((globalThis as Any)[LISTENING] ??= []);
}

/** Ports that apps are told when they ask for any. */
const FIRST_PORT = 49_152;
let lastPort = FIRST_PORT;

/** A server without a socket: `listen` makes it known to the dispatcher, which calls its "request" listeners. */
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
  server.maxHeaderSize = options?.maxHeaderSize;
  server.insecureHTTPParser = options?.insecureHTTPParser;
  server.requestTimeout = options?.requestTimeout ?? 300_000;
  server.headersTimeout = options?.headersTimeout ?? 60_000;
  server.keepAliveTimeout = options?.keepAliveTimeout ?? 5_000;
  server.connectionsCheckingInterval = options?.connectionsCheckingInterval ?? 30_000;
  server.requireHostHeader = options?.requireHostHeader ?? true;
  server.joinDuplicateHeaders = options?.joinDuplicateHeaders;
  server.rejectNonStandardBodyWrites = options?.rejectNonStandardBodyWrites ?? false;
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
  server.listening = false;
  server._address = null;
  if (listener) server.on("request", listener);
  return server;
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
  const callback = args.at(-1);
  const [first, second] = args;
  const options = typeof first === "object" && first !== null ? first : { port: first, host: second };
  this._address = addressOf(options);
  this.listening = true;
  listening().push(this);
  if (typeof callback === "function") this.once("listening", callback);
  process.nextTick(() => this.emit("listening"));
  return this;
};

function addressOf({ port, host, path }: Any): Any {
  const isPath = typeof path === "string" || (typeof port === "string" && !/^\d+$/.test(port));
  if (isPath) return path ?? port;
  const number = Number(port) || lastPort++;
  if (typeof host === "string" && host.includes(".")) return { address: host, family: "IPv4", port: number };
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
  const servers = listening();
  const at = servers.indexOf(this);
  const error = this.listening
    ? undefined
    : nodeError(Error, "ERR_SERVER_NOT_RUNNING", "Server is not running.");
  if (at >= 0) servers.splice(at, 1);
  this.listening = false;
  this._address = null;
  if (typeof callback === "function") this.once("close", () => callback(error));
  process.nextTick(() => this.emit("close"));
  return this;
};

/** No connection outlives its request here. */
prototype.closeAllConnections = function closeAllConnections() {};
prototype.closeIdleConnections = function closeIdleConnections() {};
prototype.getConnections = function getConnections(this: Any, callback: Any) {
  process.nextTick(callback, null, 0);
  return this;
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
