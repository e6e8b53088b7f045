import { AsyncResource } from "../async_hooks.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, invalidArgValue, methodNotImplemented, nodeError } from "../internal/errors.js";
import { validateString } from "../internal/validate.js";
import { getDefaultHighWaterMark, Stream } from "../stream.js";
import { utcDate } from "./date.js";
import {
  hasInvalidCharacter,
  invalidCharacter,
  validateHeaderName,
  validateHeaderValue,
} from "./header-checks.js";
import { Buffer } from "../buffer/buffer.js";
import process from "../process/node-process.js";

export const kOutHeaders = Symbol("kOutHeaders");
const kCorked = Symbol("corked");
const kBuffered = Symbol("kChunkedBuffer");
const kBufferedLength = Symbol("kChunkedLength");
const kBytesWritten = Symbol("kBytesWritten");
export const kNeedDrain = Symbol("kNeedDrain");
const kErrored = Symbol("errored");
const kSocket = Symbol("kSocket");
const kHighWaterMark = Symbol("kHighWaterMark");
const kRejectWrites = Symbol("kRejectNonStandardBodyWrites");

const CRLF = "\r\n";

type Callback = (error?: Error | null) => void;

/** What a server's response and a client's request have in common: a head, then a body, written to a socket. */
export function OutgoingMessage(this: Any, options?: Any): void {
  Stream.call(this);
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytesWritten] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = "";
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this[kBuffered] = [];
  this[kBufferedLength] = 0;
  this._closed = false;
  this[kSocket] = null;
  this._header = null;
  this[kOutHeaders] = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = nothing;
  this[kErrored] = null;
  this[kHighWaterMark] = options?.highWaterMark ?? getDefaultHighWaterMark(false);
  this[kRejectWrites] = options?.rejectNonStandardBodyWrites ?? false;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

function nothing(): void {}

const prototype = OutgoingMessage.prototype as Any;

const getter = (get: (this: Any) => Any, set?: (this: Any, value: Any) => void): PropertyDescriptor =>
  set === undefined ? { get, configurable: true } : { get, set, configurable: true };

Object.defineProperties(prototype, {
  errored: getter(function () {
    return this[kErrored];
  }),
  closed: getter(function () {
    return this._closed;
  }),
  writableFinished: getter(function () {
    return this.finished && this.outputSize === 0 && (!this.socket || this.socket.writableLength === 0);
  }),
  writableObjectMode: getter(() => false),
  writableLength: getter(function () {
    return this.outputSize + this[kBufferedLength] + (this[kSocket] ? this[kSocket].writableLength : 0);
  }),
  writableHighWaterMark: getter(function () {
    return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark];
  }),
  writableCorked: getter(function () {
    return this[kCorked];
  }),
  writableEnded: getter(function () {
    return this.finished;
  }),
  writableNeedDrain: getter(function () {
    return !this.destroyed && !this.finished && this[kNeedDrain];
  }),
  headersSent: { get: headersSent, configurable: true, enumerable: true },
  connection: getter(
    function () {
      return this[kSocket];
    },
    function (socket) {
      this.socket = socket;
    },
  ),
  socket: getter(
    function () {
      return this[kSocket];
    },
    function (socket) {
      for (let count = 0; count < this[kCorked]; count++) {
        socket?.cork();
        this[kSocket]?.uncork();
      }
      this[kSocket] = socket;
    },
  ),
  _headers: getter(
    function () {
      return this.getHeaders();
    },
    function (headers) {
      this[kOutHeaders] = null;
      if (headers) for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
    },
  ),
  _headerNames: getter(function () {
    const names: Record<string, string> = Object.create(null);
    for (const [key, [name]] of this[kOutHeaders] ?? []) names[key] = name;
    return this[kOutHeaders] === null ? null : names;
  }),
});

function headersSent(this: Any): boolean {
  return !!this._header;
}

prototype._renderHeaders = function _renderHeaders(this: Any) {
  if (this._header) throw alreadySent("render");
  const headers: Record<string, unknown> = {};
  for (const [, [name, value]] of this[kOutHeaders] ?? []) headers[name] = value;
  return headers;
};

prototype.cork = function cork(this: Any) {
  this[kCorked]++;
  this[kSocket]?.cork();
};

prototype.uncork = function uncork(this: Any) {
  this[kCorked]--;
  this[kSocket]?.uncork();
  const buffered = this[kBuffered] as [Any, Any, Callback | undefined][];
  if (this[kCorked] || buffered.length === 0) return;
  // One chunk of HTTP for all that was written while corked.
  this._send(this[kBufferedLength].toString(16), "latin1", null);
  this._send(CRLF, "latin1", null);
  for (const [chunk, encoding] of buffered) this._send(chunk, encoding, null);
  const callbacks = buffered.flatMap(([, , callback]) => callback ?? []);
  this._send(CRLF, "latin1", (error?: Error) => callbacks.forEach((callback) => callback(error)));
  this[kBuffered] = [];
  this[kBufferedLength] = 0;
};

prototype.setTimeout = function setTimeout(this: Any, milliseconds: number, callback?: () => void) {
  if (callback) this.on("timeout", callback);
  if (this[kSocket]) this[kSocket].setTimeout(milliseconds);
  else this.once("socket", (socket: Any) => socket.setTimeout(milliseconds));
  return this;
};

prototype.destroy = function destroy(this: Any, error?: Error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) this[kSocket].destroy(error);
  else this.once("socket", (socket: Any) => socket.destroy(error));
  return this;
};

prototype._send = function _send(this: Any, data: Any, encoding: Any, callback: Any) {
  if (!this._headerSent && this._header !== null) {
    // Head and first chunk in one piece, when both are text.
    if (typeof data === "string" && (encoding === "utf8" || encoding === "latin1" || !encoding)) {
      data = this._header + data;
    } else {
      this.outputData.unshift({ data: this._header, encoding: "latin1", callback: null });
      this.outputSize += this._header.length;
      this._onPendingData(this._header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback);
};

prototype._writeRaw = function _writeRaw(this: Any, data: Any, encoding: Any, callback: Any) {
  const socket = this[kSocket];
  if (socket?.destroyed) return false;
  if (typeof encoding === "function") {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

/** What the head says of the message's framing, gathered while it is put together. */
interface Framing {
  header: string;
  connection: boolean;
  contLen: boolean;
  te: boolean;
  date: boolean;
  expect: boolean;
  trailer: boolean;
}

prototype._storeHeader = function _storeHeader(this: Any, firstLine: string, headers: Any) {
  const framing: Framing = {
    header: firstLine,
    connection: false,
    contLen: false,
    te: false,
    date: false,
    expect: false,
    trailer: false,
  };
  if (headers) {
    if (headers === this[kOutHeaders]) {
      for (const [, [name, value]] of headers) addField(this, framing, name, value, false);
    } else if (Array.isArray(headers)) {
      if (headers.length > 0 && Array.isArray(headers[0])) {
        for (const [name, value] of headers) addField(this, framing, name, value, true);
      } else {
        if (headers.length % 2 !== 0) throw invalidArgValue("headers", headers);
        for (let index = 0; index < headers.length; index += 2) {
          addField(this, framing, headers[index], headers[index + 1], true);
        }
      }
    } else {
      for (const name of Object.keys(headers)) addField(this, framing, name, headers[name], true);
    }
  }
  finishHead(this, framing);
};

function finishHead(message: Any, framing: Framing): void {
  let { header } = framing;
  if (message.sendDate && !framing.date) header += `Date: ${utcDate()}${CRLF}`;
  // RFC 9110: neither may have a body, whatever its headers say.
  if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }
  if (message._removedConnection) {
    // The app took the header away: it wants the connection closed when the protocol cannot do otherwise.
    message.shouldKeepAlive = message._defaultKeepAlive && message.httpVersion !== "1.0";
  } else if (!framing.connection) {
    const hasEnd = framing.contLen || message.useChunkedEncodingByDefault || message.agent;
    if (message.shouldKeepAlive && hasEnd && message.maxRequestsOnConnectionReached) {
      header += `Connection: close${CRLF}`;
    } else if (message.shouldKeepAlive && hasEnd) {
      header += `Connection: keep-alive${CRLF}`;
      if (message._keepAliveTimeout && message._defaultKeepAlive) {
        const most = message._maxRequestsPerSocket > 0 ? `, max=${message._maxRequestsPerSocket}` : "";
        header += `Keep-Alive: timeout=${Math.floor(message._keepAliveTimeout / 1000)}${most}${CRLF}`;
      }
    } else {
      message._last = true;
      header += `Connection: close${CRLF}`;
    }
  }
  if (!framing.contLen && !framing.te) header += lengthHeader(message, framing);
  // A trailer can only follow a body in chunks.
  if (!message.chunkedEncoding && framing.trailer) {
    throw nodeError(Error, "ERR_HTTP_TRAILER_INVALID", "Trailers are invalid with this transfer encoding");
  }
  message._header = header + CRLF;
  message._headerSent = false;
  if (framing.expect) message._send("");
}

function lengthHeader(message: Any, framing: Framing): string {
  if (!message._hasBody) {
    message.chunkedEncoding = false;
    return "";
  }
  if (!message.useChunkedEncodingByDefault) {
    message._last = true;
    return "";
  }
  if (!framing.trailer && !message._removedContLen && typeof message._contentLength === "number") {
    return `Content-Length: ${message._contentLength}${CRLF}`;
  }
  if (message._removedTE) {
    message._last = true;
    return "";
  }
  message.chunkedEncoding = true;
  return `Transfer-Encoding: chunked${CRLF}`;
}

function addField(message: Any, framing: Framing, name: string, value: Any, isUnchecked: boolean): void {
  if (isUnchecked) validateHeaderName(name);
  if (Array.isArray(value)) {
    // Several cookies of a request share one header; every other list is a header each.
    if (
      (value.length < 2 || name.toLowerCase() !== "cookie") &&
      !message[kUniqueHeaders]?.has(name.toLowerCase())
    ) {
      for (const one of value) appendField(message, framing, name, one, isUnchecked);
      return;
    }
    value = value.join("; ");
  }
  appendField(message, framing, name, value, isUnchecked);
}

export const kUniqueHeaders = Symbol("kUniqueHeaders");

const CONTENT_DISPOSITION = "content-disposition";

/** As Node does since its version 18, with what that makes of letters beyond ASCII: bytes of Latin-1, read as UTF-8. */
function dispositionValue(name: string, value: Any): Any {
  return name.toLowerCase() === CONTENT_DISPOSITION ? Buffer.from(value, "latin1") : value;
}

function appendField(message: Any, framing: Framing, name: string, value: Any, isUnchecked: boolean): void {
  if (isUnchecked) validateHeaderValue(name, value);
  const { length } = name;
  if (length === CONTENT_DISPOSITION.length && message._contentLength) value = dispositionValue(name, value);
  framing.header += `${name}: ${value}${CRLF}`;
  // Only names of these lengths mean anything for the framing.
  if (length < 4 || length > 17) return;
  switch (name.toLowerCase()) {
    case "connection":
      framing.connection = true;
      message._removedConnection = false;
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      break;
    case "transfer-encoding":
      framing.te = true;
      message._removedTE = false;
      if (/(?:^|\W)chunked(?:$|\W)/i.test(value)) message.chunkedEncoding = true;
      break;
    case "content-length":
      framing.contLen = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case "date":
    case "expect":
    case "trailer":
      framing[name.toLowerCase() as "date"] = true;
      break;
    case "keep-alive":
      message._defaultKeepAlive = false;
      break;
  }
}

function alreadySent(action: string): Error {
  return nodeError(
    Error,
    "ERR_HTTP_HEADERS_SENT",
    `Cannot ${action} headers after they are sent to the client`,
  );
}

prototype.setHeader = function setHeader(this: Any, name: string, value: Any) {
  if (this._header) throw alreadySent("set");
  validateHeaderName(name);
  if (Array.isArray(value)) for (const one of value) validateHeaderValue(name, one);
  else validateHeaderValue(name, value);
  (this[kOutHeaders] ??= new Map()).set(name.toLowerCase(), [name, value]);
  return this;
};

prototype.setHeaders = function setHeaders(this: Any, headers: Any) {
  if (this._header) throw alreadySent("set");
  if (
    !headers ||
    Array.isArray(headers) ||
    typeof headers.keys !== "function" ||
    typeof headers.get !== "function"
  ) {
    throw invalidArgType("headers", ["Headers", "Map"], headers);
  }
  const cookies: string[] = [];
  for (const [name, value] of headers) {
    if (name === "set-cookie") cookies.push(...[value].flat());
    else this.setHeader(name, value);
  }
  if (cookies.length > 0) this.setHeader("set-cookie", cookies);
  return this;
};

prototype.appendHeader = function appendHeader(this: Any, name: string, value: Any) {
  if (this._header) throw alreadySent("append");
  validateHeaderName(name);
  for (const one of [value].flat()) validateHeaderValue(name, one);
  const key = name.toLowerCase();
  const headers = (this[kOutHeaders] ??= new Map());
  const earlier = headers.get(key);
  if (!earlier) headers.set(key, [name, value]);
  else earlier[1] = [earlier[1], value].flat();
  return this;
};

prototype.getHeader = function getHeader(this: Any, name: string) {
  validateString(name, "name");
  return this[kOutHeaders]?.get(name.toLowerCase())?.[1];
};

prototype.getHeaderNames = function getHeaderNames(this: Any) {
  return this[kOutHeaders] === null ? [] : [...this[kOutHeaders].keys()];
};

prototype.getRawHeaderNames = function getRawHeaderNames(this: Any) {
  return this[kOutHeaders] === null ? [] : Array.from(this[kOutHeaders].values(), (entry: Any) => entry[0]);
};

prototype.getHeaders = function getHeaders(this: Any) {
  // Without a prototype: a header may have the name of an object's member.
  const headers = Object.create(null);
  if (this[kOutHeaders]) for (const [key, entry] of this[kOutHeaders]) headers[key] = entry[1];
  return headers;
};

prototype.hasHeader = function hasHeader(this: Any, name: string) {
  validateString(name, "name");
  return this[kOutHeaders]?.has(name.toLowerCase()) ?? false;
};

prototype.removeHeader = function removeHeader(this: Any, name: string) {
  validateString(name, "name");
  if (this._header) throw alreadySent("remove");
  const key = name.toLowerCase();
  if (key === "connection") this._removedConnection = true;
  else if (key === "content-length") this._removedContLen = true;
  else if (key === "transfer-encoding") this._removedTE = true;
  else if (key === "date") this.sendDate = false;
  this[kOutHeaders]?.delete(key);
};

prototype._implicitHeader = function _implicitHeader() {
  throw methodNotImplemented("_implicitHeader()");
};

prototype.write = function write(this: Any, chunk: Any, encoding?: Any, callback?: Any) {
  if (typeof encoding === "function") {
    callback = encoding;
    encoding = null;
  }
  const isFlushed = writeChunk(this, chunk, encoding, callback, false);
  if (!isFlushed) this[kNeedDrain] = true;
  return isFlushed;
};

function refuse(message: Any, error: Error, callback: Any): void {
  if (message.destroyed) {
    if (callback) process.nextTick(callback, error);
    return;
  }
  const emit = AsyncResource.bind(() => {
    callback?.(error);
    if (message.emit && !message.destroyed) message.emit("error", error);
  });
  process.nextTick(emit);
}

function writeChunk(message: Any, chunk: Any, encoding: Any, callback: Any, isEnd: boolean): boolean {
  if (typeof callback !== "function") callback = nothing;
  if (chunk === null)
    throw nodeError(TypeError, "ERR_STREAM_NULL_VALUES", "May not write null values to stream");
  if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) {
    throw invalidArgType("chunk", ["string", "Buffer", "Uint8Array"], chunk);
  }
  const refusal = message.finished
    ? nodeError(Error, "ERR_STREAM_WRITE_AFTER_END", "write after end")
    : message.destroyed
      ? nodeError(Error, "ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed")
      : undefined;
  if (refusal) {
    if (!message.destroyed || message.finished) refuse(message, refusal, callback);
    else process.nextTick(callback, refusal);
    return false;
  }
  let length = -1;
  const bytes = () =>
    length < 0
      ? (length = typeof chunk === "string" ? Buffer.byteLength(chunk, encoding) : chunk.byteLength)
      : length;
  if (!message._header) {
    if (isEnd) message._contentLength = bytes();
    message._implicitHeader();
  }
  if (message.strictContentLength && message._contentLength !== null) checkLength(message, bytes(), isEnd);
  if (!message._hasBody) {
    if (message[kRejectWrites]) {
      throw nodeError(
        Error,
        "ERR_HTTP_BODY_NOT_ALLOWED",
        "Adding content for this request method or response status is not allowed.",
      );
    }
    process.nextTick(callback);
    return true;
  }
  const socket = message[kSocket];
  if (!isEnd && socket && !socket.writableCorked) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  if (!message.chunkedEncoding || chunk.length === 0) return message._send(chunk, encoding, callback);
  if (message[kCorked] && message._headerSent) {
    message[kBuffered].push([chunk, encoding, callback]);
    message[kBufferedLength] += bytes();
    return message[kBufferedLength] < message[kHighWaterMark];
  }
  message._send(bytes().toString(16), "latin1", null);
  message._send(CRLF, "latin1", null);
  message._send(chunk, encoding, null);
  return message._send(CRLF, "latin1", callback);
}

function checkLength(message: Any, length: number, isEnd: boolean): void {
  if (
    !message._hasBody ||
    message._removedContLen ||
    message.chunkedEncoding ||
    message.hasHeader("transfer-encoding")
  )
    return;
  const written = message[kBytesWritten] + length;
  if (isEnd ? written !== message._contentLength : written > message._contentLength) {
    throw lengthMismatch(written, message._contentLength);
  }
  message[kBytesWritten] = written;
}

function lengthMismatch(written: number, expected: number): Error {
  return nodeError(
    Error,
    "ERR_HTTP_CONTENT_LENGTH_MISMATCH",
    `Response body's content-length of ${written} byte(s) does not match the content-length of ${expected} byte(s) set in header`,
  );
}

prototype.addTrailers = function addTrailers(this: Any, headers: Any) {
  this._trailer = "";
  const entries: [string, Any][] = Array.isArray(headers) ? headers : Object.entries(headers);
  for (const [name, value] of entries) {
    validateHeaderName(name, "Trailer name");
    for (const one of [value].flat()) {
      if (hasInvalidCharacter(`${one}`)) throw invalidCharacter("trailer content", name);
      this._trailer += `${name}: ${one}${CRLF}`;
    }
  }
};

prototype.end = function end(this: Any, chunk?: Any, encoding?: Any, callback?: Any) {
  if (typeof chunk === "function") {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === "function") {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      refuse(this, nodeError(Error, "ERR_STREAM_WRITE_AFTER_END", "write after end"), callback);
      return this;
    }
    this[kSocket]?.cork();
    writeChunk(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === "function") endedAlready(this, callback);
    return this;
  } else if (!this._header) {
    this[kSocket]?.cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === "function") this.once("finish", callback);
  if (this.strictContentLength && this._contentLength !== null && !chunk) checkLength(this, 0, true);
  finish(this, chunk);
  return this;
};

function endedAlready(message: Any, callback: AnyFunction): void {
  if (!message.writableFinished) message.on("finish", callback);
  else
    callback(nodeError(Error, "ERR_STREAM_ALREADY_FINISHED", "Cannot call end after a stream was finished"));
}

function finish(message: Any, chunk: Any): void {
  const tell = (error?: Error) => {
    if (error && error.name !== "TypeError" && message[kSocket]?.destroyed) return;
    message.emit("finish");
  };
  if (message._hasBody && message.chunkedEncoding) {
    message._send(`0${CRLF}${message._trailer}${CRLF}`, "latin1", tell);
  } else if (!message._headerSent || message.writableLength || chunk) {
    message._send("", "latin1", tell);
  } else {
    process.nextTick(tell);
  }
  const socket = message[kSocket];
  if (socket) {
    if (socket._writableState) socket._writableState.corked = 1;
    socket.uncork();
  }
  message[kCorked] = 1;
  message.uncork();
  message.finished = true;
  if (message.outputData.length === 0 && socket?._httpMessage === message) message._finish();
}

prototype._finish = function _finish(this: Any) {
  this.emit("prefinish");
};

/** Sends what was written before there was a socket. */
prototype._flush = function _flush(this: Any) {
  const socket = this[kSocket];
  if (!socket?.writable) return;
  const isFlushed = this._flushOutput(socket);
  if (this.finished) this._finish();
  else if (isFlushed && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit("drain");
  }
};

prototype._flushOutput = function _flushOutput(this: Any, socket: Any) {
  while (this[kCorked]) {
    this[kCorked]--;
    socket.cork();
  }
  const waiting = this.outputData;
  if (waiting.length <= 0) return undefined;
  socket.cork();
  let isFlushed;
  for (const { data, encoding, callback } of waiting) isFlushed = socket.write(data, encoding, callback);
  socket.uncork();
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return isFlushed;
};

prototype.flushHeaders = function flushHeaders(this: Any) {
  if (!this._header) this._implicitHeader();
  this._send("");
};

prototype.pipe = function pipe(this: Any) {
  this.emit("error", nodeError(Error, "ERR_STREAM_CANNOT_PIPE", "Cannot pipe, not readable"));
};

/** `stream.pipe` and iteration see a writable that is no stream.Writable. */
prototype[Symbol.for("nodejs.rejection")] = function (this: Any, error: Error) {
  this.destroy(error);
};
