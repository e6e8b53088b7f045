import type { Any, AnyFunction } from "../../internal/any.js";
import { Socket } from "../../net/socket.js";
import { nextTick } from "../../process/ticks.js";
import { connectionReset } from "../incoming.js";
import { kNeedDrain } from "../outgoing.js";
import { serving } from "../serving.js";
import { RequestParser, type RequestHead, type RequestListener } from "./request-parser.js";

const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** Answers what a client says that is no request; the connection ends with it. */
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** A client's connection: requests come out of it one after the other, and go in turn into their responses. */
class Connection implements RequestListener {
  readonly #server: Any;
  readonly #socket: Any;
  readonly #parser: RequestParser;
  readonly #listeners: readonly (readonly [event: string, listener: AnyFunction])[];
  /** Requests whose response is not finished, in the order in which they came. */
  readonly #pending: { readonly req: Any; readonly res: Any }[] = [];
  /** The request whose body is being read. */
  #incoming: Any = null;
  #trailers: string[] = [];
  #count = 0;
  #isUpgraded = false;

  constructor(server: Any, socket: Any) {
    this.#server = server;
    this.#socket = socket;
    this.#parser = new RequestParser(this, server.maxHeaderSize);
    this.#listeners = [
      ["data", (bytes: Uint8Array) => this.#onData(bytes)],
      ["end", () => this.#onEnd()],
      ["close", () => this.#onClose()],
      ["error", (error: Error) => this.#onError(error)],
      ["drain", () => this.#onDrain()],
      ["timeout", () => this.#onTimeout()],
    ];
    socket.parser = this.#parser;
    socket.server ??= server;
    if (server.timeout) socket.setTimeout?.(server.timeout);
    for (const [event, listener] of this.#listeners) socket.on(event, listener);
  }

  get isIdle(): boolean {
    return this.#pending.length === 0 && this.#incoming === null;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  // ------------------------------------------------------------------ what the parser reads

  onHead(head: RequestHead): boolean {
    const server = this.#server;
    const req = this.#message(head);
    if (head.upgrade) {
      const event = req.method === "CONNECT" ? "connect" : "upgrade";
      req.upgrade = event === "connect" || server.listenerCount("upgrade") > 0;
      if (req.upgrade) {
        this.#incoming = req;
        this.#isUpgraded = true;
        return true;
      }
    }
    this.#incoming = req;
    const res = this.#response(req, head);
    this.#pending.push({ req, res });
    if (this.#pending.length === 1) res.assignSocket(this.#socket);
    this.#announce(req, res);
    return false;
  }

  #message({ versionMajor, versionMinor, method, url, headers }: RequestHead): Any {
    const req: Any = new this.#server.IncomingMessage(this.#socket);
    req.httpVersionMajor = versionMajor;
    req.httpVersionMinor = versionMinor;
    req.httpVersion = `${versionMajor}.${versionMinor}`;
    req.method = method;
    req.url = url;
    req.joinDuplicateHeaders = Boolean(this.#server.joinDuplicateHeaders);
    const most = this.#server.maxHeadersCount;
    const lines = most ? headers.slice(0, most * 2) : headers;
    req._addHeaderLines(lines, lines.length);
    return req;
  }

  #response(req: Any, { shouldKeepAlive }: RequestHead): Any {
    const server = this.#server;
    const { highWaterMark, rejectNonStandardBodyWrites } = server;
    const res: Any = new server.ServerResponse(req, { highWaterMark, rejectNonStandardBodyWrites });
    res._keepAliveTimeout = server.keepAliveTimeout;
    res._maxRequestsPerSocket = server.maxRequestsPerSocket;
    res.shouldKeepAlive = shouldKeepAlive;
    this.#count++;
    if (server.maxRequestsPerSocket > 0 && this.#count >= server.maxRequestsPerSocket) {
      res.shouldKeepAlive = false;
      res.maxRequestsOnConnectionReached = true;
    }
    res.on("finish", () => this.#finished(req, res));
    return res;
  }

  /** Tells the server of a request, or answers it in its place. */
  #announce(req: Any, res: Any): void {
    const server = this.#server;
    if (server.requireHostHeader && req.headers.host === undefined && req.httpVersion === "1.1") {
      return void res.writeHead(400, ["Connection", "close"]).end();
    }
    const { maxRequestsPerSocket } = server;
    if (maxRequestsPerSocket > 0 && this.#count > maxRequestsPerSocket) {
      server.emit("dropRequest", req, this.#socket);
      return void res.writeHead(503).end();
    }
    const { expect } = req.headers;
    if (expect === undefined || req.httpVersion !== "1.1") return void server.emit("request", req, res);
    if (CONTINUE.test(expect)) {
      res._expect_continue = true;
      if (server.listenerCount("checkContinue") > 0) return void server.emit("checkContinue", req, res);
      res.writeContinue();
      server.emit("request", req, res);
    } else if (server.listenerCount("checkExpectation") > 0) {
      server.emit("checkExpectation", req, res);
    } else {
      res.writeHead(417).end();
    }
  }

  onBody(chunk: Uint8Array): void {
    const req = this.#incoming;
    if (req === null || req._dumped) return;
    if (!req.push(chunk)) this.#socket.pause();
  }

  onTrailers(trailers: string[]): void {
    this.#trailers = trailers;
  }

  onComplete(): void {
    const req = this.#incoming;
    if (req === null || this.#isUpgraded) return;
    this.#incoming = null;
    req.complete = true;
    req._addHeaderLines(this.#trailers, this.#trailers.length);
    this.#trailers = [];
    req.push(null);
    this.#socket.resume();
  }

  // ------------------------------------------------------------------ responses in turn

  #finished(req: Any, res: Any): void {
    const socket = this.#socket;
    this.#pending.splice(
      this.#pending.findIndex((one) => one.res === res),
      1,
    );
    // Nobody asked for the rest of the request: it goes by unread.
    if (!req._consuming) req._dump();
    res.detachSocket(socket);
    nextTick(() => {
      res.destroyed = true;
      res._closed = true;
      res.emit("close");
    });
    if (res._last) {
      if (typeof socket.destroySoon === "function") socket.destroySoon();
      else socket.end();
      return;
    }
    const next = this.#pending[0];
    if (next !== undefined) return void next.res.assignSocket(socket);
    if (this.#server.listening === false && this.isIdle) return void socket.destroySoon?.();
    if (this.#server.keepAliveTimeout) socket.setTimeout?.(this.#server.keepAliveTimeout);
  }

  // ------------------------------------------------------------------ what happens to the connection

  #onData(bytes: Uint8Array): void {
    if (this.isIdle && this.#count > 0 && this.#server.keepAliveTimeout) {
      this.#socket.setTimeout?.(this.#server.timeout || 0);
    }
    const read = this.#parser.execute(bytes);
    if (typeof read !== "number") this.#refuse(read);
    else if (this.#isUpgraded) this.#handOver(bytes.subarray(read));
  }

  /** The connection belongs to another protocol now. */
  #handOver(head: Uint8Array): void {
    const req = this.#incoming;
    this.#incoming = null;
    const socket = this.#socket;
    this.#detach();
    socket.readableFlowing = null;
    const event = req.method === "CONNECT" ? "connect" : "upgrade";
    if (!this.#server.emit(event, req, socket, head)) socket.destroy();
  }

  #detach(): void {
    for (const [event, listener] of this.#listeners) this.#socket.off(event, listener);
    this.#socket.parser = null;
    serving.forget(this.#server, this);
  }

  #refuse(error: Error & { code?: string }): void {
    const socket = this.#socket;
    // What follows cannot be read.
    for (const [event, listener] of this.#listeners)
      if (event === "data" || event === "end" || event === "error") socket.off(event, listener);
    socket.on("error", () => undefined);
    if (this.#server.emit("clientError", error, socket)) return;
    const isFree = socket.writable && (socket._httpMessage === null || !socket._httpMessage?._headerSent);
    if (isFree) {
      const status = REFUSALS[error.code ?? ""] ?? "400 Bad Request";
      socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, "latin1");
    }
    socket.destroy(error);
  }

  #onEnd(): void {
    const error = this.#parser.finish();
    if (error) return this.#refuse(error);
    const last = this.#pending.at(-1);
    if (this.#server.httpAllowHalfOpen && last !== undefined) {
      last.res._last = true;
      return;
    }
    // A client that sends no more is taken for one that has gone.
    if (this.#socket.writable) this.#socket.end();
  }

  #onError(error: Error): void {
    this.#socket.off("error", this.#listeners[3]![1]);
    this.#socket.on("error", () => undefined);
    if (!this.#server.emit("clientError", error, this.#socket)) this.#socket.destroy(error);
  }

  #onClose(): void {
    this.#detach();
    this.#incoming = null;
    // The response that has the socket hears of it by itself; those that wait for their turn do not.
    for (const { req, res } of this.#pending.splice(0)) {
      if (!req.destroyed) req.destroy(connectionReset());
      if (res.socket !== null) continue;
      res.destroyed = true;
      res._closed = true;
      res.emit("close");
    }
  }

  #onDrain(): void {
    const res = this.#socket._httpMessage;
    if (!res || res.finished || !res[kNeedDrain]) return;
    res[kNeedDrain] = false;
    res.emit("drain");
  }

  #onTimeout(): void {
    const socket = this.#socket;
    const req = this.#incoming;
    const isHeard = [
      req !== null && !req.complete && req.emit("timeout", socket),
      socket._httpMessage?.emit("timeout", socket),
      this.#server.emit("timeout", socket),
    ].some(Boolean);
    if (!isHeard) socket.destroy();
  }
}

/** Serves a connection: the listener that every server has for its event "connection". */
function connectionListener(this: Any, socket: Any): void {
  serving.remember(this, new Connection(this, socket));
}

serving.listener = connectionListener;
serving.open = (server, handle) =>
  server.emit("connection", new Socket({ handle, allowHalfOpen: true, highWaterMark: server.highWaterMark }));

export { connectionListener };
