import { groupHeaders, type HttpHeader, type HttpResponse } from "./http/exchange.js";
import { stringify } from "./intrinsics.js";

/** Where a response goes while the app still writes it. */
export interface ResponseSink {
  /** Says what the bytes are; once, before the first. */
  begin(contentType: string): void;
  /** Sends bytes on. A promise asks the writer to wait for it before it writes more. */
  write(chunk: string | Uint8Array): void | PromiseLike<void>;
}

/** What a host that takes responses in pieces puts on the global object. */
interface HostStream extends ResponseSink {
  /** Whether the request that runs may be answered so. */
  isOpen(): boolean;
}

/** The key that dispatcher and engine share. */
const STREAM = Symbol.for("laconic.stream");

/** The host's sink for the request that runs; none where responses go out whole. */
export function hostSink(): ResponseSink | undefined {
  const stream = (globalThis as { [STREAM]?: HostStream })[STREAM];
  return stream?.isOpen() ? stream : undefined;
}

/** A result that is there at once. */
export function sendWhole(sink: ResponseSink, json: string): void | PromiseLike<void> {
  sink.begin("application/json");
  return sink.write(json);
}

/** Lambda's name for a stream that begins with the head of an HTTP response. */
const WITH_HEAD = "application/vnd.awslambda.http-integration-response";
const DELIMITER_BYTES = 8;

/** The head of an HTTP response as Lambda wants it in front of a streamed body: JSON, then eight zero bytes. */
export function beginHttp(sink: ResponseSink, statusCode: number, fields: readonly HttpHeader[]): void {
  const headers: Record<string, string> = {};
  const grouped = groupHeaders(fields);
  for (const [name, values] of grouped) {
    // A body that is sent in pieces has no length that could be told before.
    if (name !== "set-cookie" && name !== "content-length") headers[name] = values.join(", ");
  }
  const cookies = grouped.get("set-cookie");
  sink.begin(WITH_HEAD);
  void sink.write(stringify({ statusCode, headers, ...(cookies && { cookies }) }));
  void sink.write(new Uint8Array(DELIMITER_BYTES));
}

/** An HTTP response of the dispatcher's own, whose body is text. */
export function sendHttp(sink: ResponseSink, response: HttpResponse): void | PromiseLike<void> {
  beginHttp(sink, response.statusCode, response.headers);
  return sink.write(response.body);
}

type Pieces = AsyncIterable<string | Uint8Array>;

/** What yields its pieces one after another, such as a `ReadableStream`, a Node stream or an async generator's result. */
export function piecesOf(value: unknown): Pieces | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Symbol.asyncIterator in value) return value as Pieces;
  // The engine's ReadableStream is not iterable.
  return "getReader" in value ? readerPieces(value as ReadableStream<Uint8Array>) : undefined;
}

async function* readerPieces(stream: ReadableStream<Uint8Array>): Pieces {
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!;
}

/** Sends the pieces on as they come, each when the one before has been taken. */
export async function sendPieces(sink: ResponseSink, pieces: Pieces): Promise<void> {
  for await (const piece of pieces) await sink.write(piece);
}
