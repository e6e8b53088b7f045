import type { Any } from "../internal/any.js";
import { invalidArgValue, nodeError } from "../internal/errors.js";
import { validateObject } from "../internal/validate.js";
import { STATUS_CODES } from "./constants.js";
import { hasInvalidCharacter, invalidCharacter } from "./header-checks.js";
import { kOutHeaders, OutgoingMessage } from "./outgoing.js";

/** A server's answer to one request. Callable on an object, for `util.inherits`. */
export function ServerResponse(this: Any, req: Any, options?: Any): void {
  OutgoingMessage.call(this, options);
  if (req.method === "HEAD") this._hasBody = false;
  this.req = req;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const prototype = ServerResponse.prototype as Any;

prototype.statusCode = 200;
prototype.statusMessage = undefined;

function onSocketClose(this: Any): void {
  this._httpMessage?.destroy?.();
  const response = this._httpMessage;
  if (!response) return;
  response.destroyed = true;
  response._closed = true;
  response.emit("close");
}

prototype.assignSocket = function assignSocket(this: Any, socket: Any) {
  if (socket._httpMessage) {
    throw nodeError(Error, "ERR_HTTP_SOCKET_ASSIGNED", "Socket already assigned");
  }
  socket._httpMessage = this;
  socket.on("close", onSocketClose);
  this.socket = socket;
  this.emit("socket", socket);
  this._flush();
};

prototype.detachSocket = function detachSocket(this: Any, socket: Any) {
  socket.removeListener("close", onSocketClose);
  socket._httpMessage = null;
  this.socket = null;
};

prototype.writeContinue = function writeContinue(this: Any, callback?: Any) {
  this._writeRaw("HTTP/1.1 100 Continue\r\n\r\n", "ascii", callback);
  this._sent100 = true;
};

prototype.writeProcessing = function writeProcessing(this: Any, callback?: Any) {
  this._writeRaw("HTTP/1.1 102 Processing\r\n\r\n", "ascii", callback);
};

const LINK = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function checkLink(value: Any): string {
  const links = Array.isArray(value) ? value : [value];
  for (const link of links) {
    if (typeof link !== "string" || !LINK.test(link)) {
      throw invalidArgValue(
        "hints",
        value,
        'must be an array or string of format "</styles.css>; rel=preload; as=style"',
      );
    }
  }
  return links.join(", ");
}

prototype.writeEarlyHints = function writeEarlyHints(this: Any, given: object, callback?: Any) {
  validateObject(given, "hints");
  const hints = given as Any;
  if (hints.link === null || hints.link === undefined) return;
  const link = checkLink(hints.link);
  if (link.length === 0) return;
  const others = Object.keys(hints).filter((name) => name !== "link");
  const fields = others.map((name) => `${name}: ${hints[name]}\r\n`).join("");
  this._writeRaw(`HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n${fields}\r\n`, "ascii", callback);
};

prototype._implicitHeader = function _implicitHeader(this: Any) {
  this.writeHead(this.statusCode);
};

prototype.writeHead = function writeHead(this: Any, statusCode: Any, reason?: Any, headers?: Any) {
  if (this._header) {
    throw nodeError(Error, "ERR_HTTP_HEADERS_SENT", "Cannot write headers after they are sent to the client");
  }
  const given = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) {
    const text = typeof given === "object" ? JSON.stringify(given) : String(given);
    throw nodeError(RangeError, "ERR_HTTP_INVALID_STATUS_CODE", `Invalid status code: ${text}`);
  }
  if (typeof reason === "string") this.statusMessage = reason;
  else {
    this.statusMessage ||= STATUS_CODES[statusCode] || "unknown";
    headers ??= reason;
  }
  this.statusCode = statusCode;
  const sent = mergeHeaders(this, headers);
  if (hasInvalidCharacter(this.statusMessage)) throw invalidCharacter("statusMessage");
  if (statusCode === 204 || statusCode === 304 || (statusCode >= 100 && statusCode <= 199))
    this._hasBody = false;
  // The client still waits for a "100 Continue" that never came: what it would send next is no request.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(`HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`, sent);
  return this;
};

prototype.writeHeader = prototype.writeHead;

/** Headers given to `writeHead` alone go straight out, and are never seen by `getHeader`. */
function mergeHeaders(response: Any, headers: Any): Any {
  if (!response[kOutHeaders]) return headers;
  if (Array.isArray(headers)) mergeList(response, headers);
  else if (headers) {
    for (const name of Object.keys(headers)) if (name) response.setHeader(name, headers[name]);
  }
  return response[kOutHeaders];
}

function mergeList(response: Any, headers: Any[]): void {
  if (headers.length > 0 && Array.isArray(headers[0])) {
    headers = headers.flatMap(([name, value]) => [name, value]);
  }
  if (headers.length % 2 !== 0) throw invalidArgValue("headers", headers);
  // A name given twice is two headers, and replaces what was set before.
  for (let index = 0; index < headers.length; index += 2) response.removeHeader(headers[index]);
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index]) response.appendHeader(headers[index], headers[index + 1]);
  }
}
