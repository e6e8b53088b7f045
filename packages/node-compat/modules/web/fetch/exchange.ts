import { Agent as HttpAgent } from "../../http/client/agent.js";
import { ClientRequest } from "../../http/client/client-request.js";
import { Agent as HttpsAgent } from "../../http/client/https-agent.js";
import type { Any } from "../../internal/any.js";
import type { Content } from "../body.js";
import { Headers } from "../headers.js";
import { Arrival } from "./arrival.js";
import { decoded } from "./decode.js";

/** A request as it goes out, once for each redirect. */
export interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly content: Content | null;
}

export interface Received {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly content: Content | null;
  /** Nobody will read the body: its connection is of no further use for it. */
  discard(): void;
}

/** Idle connections are given up after this long, unless the server says how long it keeps them; milliseconds. */
const IDLE = 4000;
const options = { keepAlive: true, timeout: IDLE, scheduling: "lifo" };
const agents: Record<string, Any> = { "http:": new HttpAgent(options), "https:": new HttpsAgent(options) };

const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);
/** Sending them twice does no harm. */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]);

/** One request and the head of its response. */
export function exchange(sent: Sent, signal: AbortSignal | undefined): Promise<Received> {
  return attempt(sent, signal).catch((error: Any) => {
    // A pooled connection that the server had given up: found out by using it. A new one does better.
    const isStale = error.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
    const isRepeatable =
      IDEMPOTENT.has(sent.method) && (sent.content === null || sent.content.bytes !== undefined);
    if (isStale && isRepeatable && !signal?.aborted) return attempt(sent, signal);
    throw error;
  });
}

function attempt(sent: Sent, signal: AbortSignal | undefined): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { url, method } = sent;
    const req: Any = new ClientRequest(url, {
      method,
      headers: requestHeaders(sent),
      agent: agents[url.protocol],
      setHost: false,
    });
    const abort = (): void => {
      const reason: unknown = signal!.reason;
      reject(reason);
      req.destroy(reason instanceof Error ? reason : undefined);
    };
    signal?.addEventListener("abort", abort, { once: true });
    const settled = (): void => signal?.removeEventListener("abort", abort);
    req.on("error", (error: Any) => {
      settled();
      error.reusedSocket = req.reusedSocket;
      reject(error);
    });
    req.on("response", (res: Any) => resolve(receive(res, sent, signal, settled)));
    send(req, sent.content, reject);
  });
}

/** Flat, in the order of Node's fetch: what the connection needs, the app's own, then what every request has. */
function requestHeaders({ url, method, headers, content }: Sent): string[] {
  const list = ["host", headers.get("host") ?? url.host, "connection", "keep-alive"];
  for (const [name, value] of headers) if (name !== "host" && name !== "connection") list.push(name, value);
  const add = (name: string, value: string): void => {
    if (!headers.has(name)) list.push(name, value);
  };
  add("accept", "*/*");
  add("accept-language", "*");
  add("sec-fetch-mode", "cors");
  add("user-agent", "node");
  add("accept-encoding", url.protocol === "https:" ? "br, gzip, deflate" : "gzip, deflate");
  if (content?.length !== undefined) add("content-length", String(content.length));
  else if (content !== null) add("transfer-encoding", "chunked");
  else if (method === "POST" || method === "PUT") add("content-length", "0");
  return list;
}

function send(req: Any, content: Content | null, reject: (error: unknown) => void): void {
  if (content === null) return req.end();
  if (content.bytes !== undefined) return req.end(content.bytes);
  pump(req, content.stream as Any).catch((error: unknown) => {
    reject(error);
    req.destroy(error);
  });
}

async function pump(req: Any, stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader();
  const closed = new Promise<void>((resolve) => req.once("close", resolve));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return req.end();
    if (!((value as unknown) instanceof Uint8Array)) throw new TypeError("Received non-Uint8Array chunk");
    if (req.destroyed) return void reader.cancel().catch(() => undefined);
    if (!req.write(value)) await Promise.race([new Promise((resolve) => req.once("drain", resolve)), closed]);
  }
}

function receive(res: Any, { method }: Sent, signal: AbortSignal | undefined, settled: () => void): Received {
  const headers = new Headers();
  for (let index = 0; index < res.rawHeaders.length; index += 2) {
    headers.append(res.rawHeaders[index], res.rawHeaders[index + 1]);
  }
  const isEmpty = method === "HEAD" || method === "CONNECT" || WITHOUT_BODY.has(res.statusCode);
  res.once("close", settled);
  if (isEmpty) res.resume();
  const body = isEmpty ? null : new Arrival(decoded(res, headers), signal);
  return {
    status: res.statusCode,
    statusText: res.statusMessage ?? "",
    headers,
    content: body && { arriving: body, length: undefined, type: undefined, used: false },
    discard: () => res.resume(),
  };
}
