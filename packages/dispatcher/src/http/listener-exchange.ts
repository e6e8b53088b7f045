import type { Context } from "aws-lambda";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DispatchError } from "../errors.js";
import { isPromiseLike } from "../function.js";
import { bodyText } from "./body-text.js";
import type { HttpHeader, HttpRequest, HttpResponse } from "./exchange.js";
import { socketClass, type InProcessSocket, type SocketFacts } from "./in-process-socket.js";
import { beginHttp, type ResponseSink } from "../streaming.js";
import type { NodeHttp } from "./node-http.js";
import type { Emitter } from "./node-emitter.js";

/** What a listener finds on its request beside what Node puts there. */
export interface LambdaRequest extends IncomingMessage {
  /** The event and the context that the request was made of. */
  lambda: { readonly event: unknown; readonly context: Context };
}

export type Listener = (request: LambdaRequest, response: ServerResponse) => unknown;

type Done = (error?: Error | null) => void;
type Chunk = string | Uint8Array;

/** The members of Node's `OutgoingMessage` that stand between a response and its socket, and so what is replaced. */
interface Internals {
  _header: string | null;
  _headerSent: boolean;
  _closed: boolean;
  chunkedEncoding: boolean;
  destroyed: boolean;
  _storeHeader(firstLine: string, headers: unknown): void;
  _send(chunk: Chunk, encoding?: BufferEncoding | null, callback?: Done | null): boolean;
  _flush(): void;
  _flushOutput(socket: unknown): boolean;
  _writeRaw(data: unknown, encoding?: unknown, callback?: unknown): boolean;
  assignSocket(socket: unknown): void;
  detachSocket(socket: unknown): void;
}

type Exchange = ServerResponse &
  Internals & {
    chunks: Chunk[];
    /** Takes the head and the body in the place of `chunks`, when the host sends them on as they are written. */
    sink?: ResponseSink;
    hasBegun?: boolean;
    /** Length of what was written since the response last told that it takes more. */
    unsent: number;
  };

/** As the buffer of a socket: whoever writes more at once is asked to wait for "drain". */
const HIGH_WATER_MARK = 65_536;

/** The pieces of an exchange, made of one http module once. */
export interface ExchangeClasses {
  readonly Request: new (
    socket: unknown,
  ) => IncomingMessage & { _addHeaderLines(headers: string[], count: number): void };
  readonly Response: new (request: IncomingMessage) => ServerResponse;
  readonly storeHeader: Internals["_storeHeader"];
  readonly Socket: new (facts: SocketFacts) => InProcessSocket;
}

export function exchangeClasses({ IncomingMessage, ServerResponse }: NodeHttp): ExchangeClasses {
  // Readable -> Stream -> EventEmitter: the emitter that the http module itself is built on.
  const Stream = Object.getPrototypeOf(Object.getPrototypeOf(IncomingMessage.prototype)) as object;
  const EventEmitter = (Object.getPrototypeOf(Stream) as { constructor: typeof Emitter }).constructor;
  return {
    Request: IncomingMessage as never,
    Response: ServerResponse as never,
    storeHeader: (ServerResponse.prototype as unknown as Internals)._storeHeader,
    Socket: socketClass(EventEmitter),
  };
}

/**
 * Node's own response, whose bytes stay where they are instead of going to a socket. The replaced members are the
 * object's own: Express and others give it another prototype.
 */
function inProcessResponse({ Response, storeHeader }: ExchangeClasses, incoming: IncomingMessage): Exchange {
  const response = new Response(incoming) as Exchange;
  response.chunks = [];
  response.unsent = 0;
  response._storeHeader = function (this: Internals, firstLine, headers) {
    storeHeader.call(this, firstLine, headers);
    // The head says what it would on a connection; the body needs no frames.
    this.chunkedEncoding = false;
  };
  response._send = send;
  response._flushOutput = isFlushed;
  response._writeRaw = writeRaw;
  return response;
}

function send(
  this: Exchange,
  chunk: Chunk,
  encoding?: BufferEncoding | null,
  callback?: Done | null,
): boolean {
  this._headerSent = true;
  if (this.socket) (this.socket as unknown as InProcessSocket).touch();
  if (this.sink) return sendOn(this, this.sink, kept(chunk, encoding), callback);
  if (chunk.length > 0) this.chunks.push(kept(chunk, encoding));
  if (callback) process.nextTick(callback);
  const before = this.unsent;
  this.unsent += chunk.length;
  if (this.unsent < HIGH_WATER_MARK) return true;
  if (before < HIGH_WATER_MARK) process.nextTick(drain, this);
  return false;
}

/** Sends the head with the first bytes, or before there are any. A writer that is to wait hears "drain". */
function sendOn(response: Exchange, sink: ResponseSink, chunk: Chunk, callback?: Done | null): boolean {
  if (!response.hasBegun) {
    response.hasBegun = true;
    const head = response._header ?? "";
    beginHttp(sink, Number(head.slice(9, 12)), headerFields(head));
  }
  const taken = chunk.length > 0 ? sink.write(chunk) : undefined;
  if (!taken) {
    if (callback) process.nextTick(callback);
    return true;
  }
  void taken.then(() => {
    callback?.();
    drain(response);
  });
  return false;
}

/** Lets a writer that was asked to wait go on: nothing keeps the bytes from their place. */
function drain(response: Exchange): void {
  response.unsent = 0;
  // Node's own: emits "drain" to whoever waits for it.
  if (!response.finished && !response.destroyed) response._flush();
}

function isFlushed(): boolean {
  return true;
}

/** Informational responses have nobody to go to: the invoker sees one result. */
function writeRaw(_data: unknown, encoding?: unknown, callback?: unknown): boolean {
  const done = typeof encoding === "function" ? encoding : callback;
  if (typeof done === "function") process.nextTick(done as () => void);
  return true;
}

/** Bytes are copied: the app may reuse its buffer once write() returned. */
function kept(chunk: Chunk, encoding: BufferEncoding | null | undefined): Chunk {
  if (typeof chunk !== "string") return Uint8Array.prototype.slice.call(chunk);
  if (!encoding || encoding === "utf8" || encoding === "utf-8") return chunk;
  return Buffer.from(chunk, encoding);
}

/**
 * One request to a listener, and what it answers: once the response is ended and closed, and the promise of a listener
 * that returns one is settled, so that work after `end()` is not cut off by the sandbox's freeze.
 * @throws DispatchError LAC3010 when the response is destroyed before it is ended; what the listener throws or rejects with
 */
export async function runExchange(
  functionName: string,
  classes: ExchangeClasses,
  listener: Listener,
  request: HttpRequest,
  lambda: LambdaRequest["lambda"],
  sink?: ResponseSink,
): Promise<HttpResponse> {
  const socket = new classes.Socket({
    encrypted: request.scheme === "https",
    remoteAddress: request.remoteAddress,
  });
  const incoming = incomingMessage(classes, socket, request, lambda);
  const response = inProcessResponse(classes, incoming);
  if (sink) response.sink = sink;
  await new Promise<void>((resolve, reject) => {
    response.assignSocket(socket);
    let returned: unknown;
    response.on("finish", () =>
      finished(response, incoming, socket, () =>
        resolve(isPromiseLike(returned) ? (returned as Promise<void>) : undefined),
      ),
    );
    socket.on("close", () => {
      if (response._closed && response.writableFinished) return;
      if (!incoming.destroyed) incoming.destroy(connectionReset());
      reject(response.errored ?? destroyed(functionName));
    });
    // As from a socket: what the listener puts off to the next tick comes before what it waits for.
    process.nextTick(() => {
      try {
        returned = listener(incoming, response);
      } catch (error) {
        reject(error);
        return;
      }
      if (isPromiseLike(returned)) returned.then(undefined, reject);
      deliver(incoming, request.body);
    });
  });
  return httpResponse(response);
}

/** The request's head; its body comes once the listener has had its turn, as from a socket. */
function incomingMessage(
  { Request }: ExchangeClasses,
  socket: unknown,
  { method, path, query, headers, host }: HttpRequest,
  lambda: LambdaRequest["lambda"],
): LambdaRequest {
  const incoming = new Request(socket);
  const raw: string[] = [];
  let hasHost = false;
  for (const [name, value] of headers) {
    if (name === "host") hasHost = true;
    raw.push(name, value);
  }
  if (!hasHost) raw.push("host", host);
  incoming.httpVersionMajor = 1;
  incoming.httpVersionMinor = 1;
  incoming.httpVersion = "1.1";
  incoming.method = method;
  incoming.url = query === "" ? path : `${path}?${query}`;
  incoming._addHeaderLines(raw, raw.length);
  return Object.assign(incoming, { lambda });
}

/**
 * The body, then its end: as from Node's parser, which lets ticks and promises have their turn between the two, and
 * ends a request without a body at once.
 */
function deliver(incoming: IncomingMessage, body: string | Uint8Array | undefined): void {
  if (body === undefined || body.length === 0) {
    complete(incoming);
    return;
  }
  if (!incoming.destroyed) incoming.push(toBuffer(body));
  process.nextTick(() => queueMicrotask(() => complete(incoming)));
}

function complete(incoming: IncomingMessage): void {
  if (incoming.destroyed) return;
  incoming.complete = true;
  incoming.push(null);
}

function toBuffer(body: string | Uint8Array): Buffer {
  return typeof body === "string"
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** What Node's server does after a response: the rest of the request goes by unread, the response closes. */
function finished(
  response: Exchange,
  incoming: IncomingMessage,
  socket: InProcessSocket,
  done: () => void,
): void {
  socket.rest();
  response.detachSocket(socket);
  if (!incoming.readableEnded) (incoming as unknown as { _dump(): void })._dump();
  process.nextTick(() => {
    response.destroyed = true;
    response._closed = true;
    response.emit("close");
    done();
  });
}

/** What was sent: an app may give its response another status when the head is out, which changes nothing any more. */
function httpResponse(response: Exchange): HttpResponse {
  const head = response._header ?? "";
  const headers = headerFields(head);
  const statusCode = Number(head.slice(9, 12));
  const statusMessage = head.slice(13, head.indexOf("\r\n"));
  return { statusCode, statusMessage, headers, ...bodyText(response.chunks, headers) };
}

/** The head that was to go over the wire, without its status line. */
function headerFields(head: string): HttpHeader[] {
  const fields: HttpHeader[] = [];
  let start = head.indexOf("\r\n") + 2;
  for (let end = head.indexOf("\r\n", start); end > start; end = head.indexOf("\r\n", start)) {
    const colon = head.indexOf(": ", start);
    fields.push([head.slice(start, colon).toLowerCase(), head.slice(colon + 2, end)]);
    start = end + 2;
  }
  return fields;
}

function connectionReset(): Error {
  return Object.assign(new Error("aborted"), { code: "ECONNRESET" });
}

function destroyed(functionName: string): DispatchError {
  return new DispatchError(
    "LAC3010",
    `HTTP function "${functionName}" destroyed its response before it was ended`,
    {
      hint: "End the response with response.end(), also where an error is handled.",
    },
  );
}
