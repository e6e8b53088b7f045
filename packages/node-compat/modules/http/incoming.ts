import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { Readable } from "../stream.js";
import process from "../process/node-process.js";

const kHeaders = Symbol("kHeaders");
const kHeadersDistinct = Symbol("kHeadersDistinct");
const kHeadersCount = Symbol("kHeadersCount");
const kTrailers = Symbol("kTrailers");
const kTrailersDistinct = Symbol("kTrailersDistinct");
const kTrailersCount = Symbol("kTrailersCount");

/** Headers of which a message has one: a second is dropped, where others are joined by a comma. */
const SINGLE = new Set([
  ...["age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host"],
  ...["if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards"],
  ...["proxy-authorization", "referer", "retry-after", "server", "user-agent"],
]);

/** A request as the server sees it, and a response as the client does. Callable on an object, for `util.inherits`. */
export function IncomingMessage(this: Any, socket: Any): void {
  Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : undefined);
  this._readableState.readingMore = true;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this[kHeadersCount] = 0;
  this.rawHeaders = [];
  this[kTrailers] = null;
  this[kTrailersCount] = 0;
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = "";
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false;
  this._dumped = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

const prototype = IncomingMessage.prototype as Any;

/** A map of headers, made of the raw ones when it is first asked for. */
function lazyFields(slot: symbol, count: symbol, raw: string, add: string): PropertyDescriptor {
  return {
    get(this: Any) {
      if (!this[slot]) {
        const fields = (this[slot] = add.endsWith("Distinct") ? Object.create(null) : {});
        const source = this[raw];
        for (let index = 0; index < this[count]; index += 2)
          this[add](source[index], source[index + 1], fields);
      }
      return this[slot];
    },
    set(this: Any, value) {
      this[slot] = value;
    },
    configurable: true,
  };
}

Object.defineProperties(prototype, {
  connection: {
    get(this: Any) {
      return this.socket;
    },
    set(this: Any, socket) {
      this.socket = socket;
    },
    configurable: true,
  },
  headers: lazyFields(kHeaders, kHeadersCount, "rawHeaders", "_addHeaderLine"),
  headersDistinct: lazyFields(kHeadersDistinct, kHeadersCount, "rawHeaders", "_addHeaderLineDistinct"),
  trailers: lazyFields(kTrailers, kTrailersCount, "rawTrailers", "_addHeaderLine"),
  trailersDistinct: lazyFields(kTrailersDistinct, kTrailersCount, "rawTrailers", "_addHeaderLineDistinct"),
});

prototype.setTimeout = function setTimeout(this: Any, milliseconds: number, callback?: () => void) {
  if (callback) this.on("timeout", callback);
  this.socket.setTimeout(milliseconds);
  return this;
};

prototype._read = function _read(this: Any) {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  const { socket } = this;
  if (socket?.readable && !socket._paused) socket.resume?.();
};

prototype._destroy = function _destroy(this: Any, error: Any, callback: (error?: unknown) => void) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit("aborted");
  }
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error);
    // The socket tells of its own error; here it stands for the connection that broke off.
    if (!error && this.listenerCount("error") > 0) error = connectionReset();
  }
  // Nobody may listen, as on a request whose client went away.
  if (this.listenerCount("error") === 0) error = null;
  process.nextTick(() => callback(error));
};

export function connectionReset(): Error {
  return nodeError(Error, "ECONNRESET", "aborted");
}

prototype._addHeaderLines = function _addHeaderLines(this: Any, headers: string[], count: number) {
  if (!headers?.length) return;
  const isTrailer = this.complete;
  if (isTrailer) {
    this.rawTrailers = headers;
    this[kTrailersCount] = count;
  } else {
    this.rawHeaders = headers;
    this[kHeadersCount] = count;
  }
  const fields = isTrailer ? this[kTrailers] : this[kHeaders];
  if (fields)
    for (let index = 0; index < count; index += 2)
      this._addHeaderLine(headers[index], headers[index + 1], fields);
};

prototype._addHeaderLine = function _addHeaderLine(this: Any, field: string, value: string, fields: Any) {
  const name = field.toLowerCase();
  const earlier = fields[name];
  if (name === "set-cookie") {
    if (earlier === undefined) fields[name] = [value];
    else earlier.push(value);
  } else if (earlier === undefined || (!Object.hasOwn(fields, name) && typeof earlier !== "string")) {
    define(fields, name, value);
  } else if (name === "cookie") {
    fields[name] = `${earlier}; ${value}`;
  } else if (this.joinDuplicateHeaders || !SINGLE.has(name)) {
    fields[name] = `${earlier}, ${value}`;
  }
};

/** A header named `__proto__` is a header like others, and changes no object. */
function define(fields: Any, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
  } else fields[name] = value;
}

prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(
  field: string,
  value: string,
  fields: Any,
) {
  const name = field.toLowerCase();
  if (fields[name]) fields[name].push(value);
  else fields[name] = [value];
};

/** Lets what is left of the body go by unread. */
prototype._dump = function _dump(this: Any) {
  if (this._dumped) return;
  this._dumped = true;
  this.removeAllListeners("data");
  this.resume();
};
