import { nextTick } from "../../process/ticks.js";
import type { Any, AnyFunction } from "../../internal/any.js";
import { IncomingMessage } from "../incoming.js";
import { ResponseParser, type ResponseHead, type ResponseListener } from "./response-parser.js";

/** One request's time on a connection: reads the response, and says when the connection is free again. */
export class Exchange implements ResponseListener {
  readonly #req: Any;
  readonly #socket: Any;
  readonly #parser: ResponseParser;
  readonly #listeners: readonly (readonly [event: string, listener: AnyFunction])[];
  /** The response whose body is being read. */
  #incoming: Any = null;
  #trailers: string[] = [];
  #isDetached = false;
  #hadError = false;
  /** What comes belongs to no request. */
  #isExtra = false;

  constructor(req: Any, socket: Any) {
    this.#req = req;
    this.#socket = socket;
    this.#parser = new ResponseParser(this, req.maxHeaderSize);
    const heard =
      (listener: AnyFunction): AnyFunction =>
      (...args) =>
        req._inContext(() => listener(...args));
    this.#listeners = [
      ["data", heard((bytes: Uint8Array) => this.#onData(bytes))],
      ["end", heard(() => this.#onEnd())],
      ["close", heard(() => this.#onClose())],
      ["error", heard((error: Error) => this.#onError(error))],
      ["drain", heard(() => req._drained())],
    ];
    req.parser = this.#parser;
    socket._httpMessage = req;
    for (const [event, listener] of this.#listeners) socket.on(event, listener);
    req.on("finish", () => this.#finishIfDone());
  }

  destroy(error?: Error): void {
    if (this.#isDetached) return;
    if (this.#socket.destroyed) return;
    this.#socket.destroy(error);
  }

  #detach(): void {
    this.#isDetached = true;
    for (const [event, listener] of this.#listeners) this.#socket.off(event, listener);
    if (this.#req.timeoutCb) this.#socket.off("timeout", this.#req.timeoutCb);
    this.#req.timeoutCb = null;
    this.#req.parser = null;
  }

  // ------------------------------------------------------------------ what the parser reads

  onHead(head: ResponseHead): "body" | "skip" | "upgrade" {
    const req = this.#req;
    const { statusCode } = head;
    if (req.res) {
      // A second response to one request: the server is out of step.
      this.#socket.destroy();
      this.#isExtra = true;
      return "body";
    }
    const res = this.#message(head);
    if (req.method === "CONNECT") {
      res.upgrade = true;
      this.#incoming = res;
      return "upgrade";
    }
    // A 101 that names no other protocol is the answer.
    if (statusCode < 200 && (statusCode !== 101 || head.upgrade)) return this.#onInformation(res);
    if (!head.shouldKeepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
    req.res = this.#incoming = res;
    res.on("end", () => {
      req._ended = true;
      this.#finishIfDone();
    });
    if (req.aborted || !req.emit("response", res)) res._dump();
    return req.method === "HEAD" ? "skip" : "body";
  }

  #onInformation(res: Any): "skip" | "upgrade" {
    const req = this.#req;
    if (res.statusCode === 101 && req.listenerCount("upgrade") > 0) {
      res.upgrade = true;
      this.#incoming = res;
      return "upgrade";
    }
    const {
      statusCode,
      statusMessage,
      httpVersion,
      httpVersionMajor,
      httpVersionMinor,
      headers,
      rawHeaders,
    } = res;
    if (statusCode === 100) req.emit("continue");
    req.emit("information", {
      statusCode,
      statusMessage,
      httpVersion,
      httpVersionMajor,
      httpVersionMinor,
      headers,
      rawHeaders,
    });
    return "skip";
  }

  #message({ versionMajor, versionMinor, statusCode, statusMessage, headers }: ResponseHead): Any {
    const res: Any = new (IncomingMessage as Any)(this.#socket);
    res.httpVersionMajor = versionMajor;
    res.httpVersionMinor = versionMinor;
    res.httpVersion = `${versionMajor}.${versionMinor}`;
    res.statusCode = statusCode;
    res.statusMessage = statusMessage;
    res.joinDuplicateHeaders = Boolean(this.#req.joinDuplicateHeaders);
    const most = this.#req.maxHeadersCount;
    const lines = most ? headers.slice(0, most * 2) : headers;
    res._addHeaderLines(lines, lines.length);
    res.req = this.#req;
    return res;
  }

  onBody(chunk: Uint8Array): void {
    const res = this.#incoming;
    if (!res || res._dumped || this.#isExtra) return;
    if (!res.push(chunk)) this.#socket.pause();
  }

  onTrailers(trailers: string[]): void {
    this.#trailers = trailers;
  }

  onComplete(): void {
    const res = this.#incoming;
    if (!res || res.upgrade || this.#isExtra) return;
    res.complete = true;
    res._addHeaderLines(this.#trailers, this.#trailers.length);
    res.push(null);
    this.#socket.resume();
  }

  // ------------------------------------------------------------------ what happens to the connection

  #onData(bytes: Uint8Array): void {
    const read = this.#parser.execute(bytes);
    if (this.#isDetached) return;
    if (typeof read !== "number") {
      this.#hadError = this.#socket._hadError = true;
      // What follows is unreadable; the end of the connection tells the rest.
      for (const [event, listener] of this.#listeners)
        if (event === "data" || event === "end") this.#socket.off(event, listener);
      this.#socket.destroy();
      this.#req.emit("error", read);
    } else if (this.#incoming?.upgrade) {
      this.#handOver(bytes.subarray(read));
    }
  }

  /** The connection belongs to another protocol now. */
  #handOver(head: Uint8Array): void {
    const req = this.#req;
    const socket = this.#socket;
    const res = (req.res = this.#incoming);
    const event = req.method === "CONNECT" ? "connect" : "upgrade";
    this.#detach();
    if (req.listenerCount(event) === 0) {
      req.destroyed = true;
      socket.destroy();
      return req._close();
    }
    req.upgradeOrConnect = true;
    socket.emit("agentRemove");
    socket._httpMessage = null;
    // Whoever takes it over decides when it flows again.
    socket.readableFlowing = null;
    req.emit(event, res, socket, head);
    req.destroyed = true;
    req._close();
  }

  #onEnd(): void {
    const req = this.#req;
    if (!req.res && !this.#hadError) {
      this.#hadError = this.#socket._hadError = true;
      req.emit("error", reset("socket hang up"));
    }
    this.#parser.finish();
    this.#socket.end();
  }

  #onError(error: Error): void {
    const req = this.#req;
    if (!this.#hadError) {
      this.#hadError = true;
      if (req.res) req.res.destroy(req.res.listenerCount("error") > 0 ? error : undefined);
      req.emit("error", error);
    }
    this.#socket.destroy();
  }

  #onClose(): void {
    const req = this.#req;
    const { res } = req;
    this.#parser.finish();
    this.#detach();
    req.destroyed = true;
    if (res) {
      if (!res.complete) res.destroy(reset("aborted"));
      req._close();
      if (!res.aborted && res.readable) res.push(null);
      return;
    }
    if (!this.#hadError) {
      this.#hadError = this.#socket._hadError = true;
      const error = req.errored ?? reset("socket hang up");
      if (!req.aborted || req.errored) req.emit("error", error);
      else req.emit("error", reset("socket hang up"));
    }
    req._close();
  }

  // ------------------------------------------------------------------ the connection is free

  #finishIfDone(): void {
    const req = this.#req;
    if (!req._ended || this.#isDetached) return;
    if (!req.shouldKeepAlive) {
      if (this.#socket.writable) (this.#socket.destroySoon ?? this.#socket.end).call(this.#socket);
      return;
    }
    if (!req.writableFinished || req.aborted || this.#socket.destroyed) return;
    this.#detach();
    req.destroyed = true;
    // Asynchronous, so that listeners for the response's end are all called before the next request.
    nextTick(() => {
      req._close();
      this.#socket.emit("free");
    });
  }
}

function reset(message: string): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET" });
}
