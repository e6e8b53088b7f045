import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BenchError } from "./errors.js";
import { ExtensionsApi } from "./extensions-api.js";
import { type InvokeOptions, type Outcome, errorPayload } from "./invocation.js";
import { QueuedInvocation } from "./queued-invocation.js";
import {
  MAX_PAYLOAD_BYTES,
  MAX_STREAMED_BYTES,
  accepted,
  invalidRequestId,
  invalidTransition,
  methodNotAllowed,
  notFound,
  payloadTooLarge,
} from "./runtime-api-replies.js";

const ROUTE =
  /^\/2018-06-01\/runtime\/(?:(invocation\/next|restore\/next)|(init\/error|restore\/error)|invocation\/([^/]+)\/(response|error))$/;

/** What ended the process, and with it every invocation that it had not answered. */
type Ending =
  | { kind: "init-error"; payload: Buffer; contentType: string | undefined }
  | { kind: "exit"; message: string };

/**
 * Lambda's Runtime API, version 2018-06-01, for one runtime process on this machine. Invocations queue and are
 * handed out one at a time; replies and limits are those of AWS's own emulator.
 */
export class RuntimeApiEmulator {
  /** Called when an invocation ran out of time; Lambda then kills the process. */
  onTimeout: () => void = () => undefined;
  /** Called when nothing is left to do until the next invocation, so that Lambda stops the sandbox, and when it goes on. */
  onIdle: (isIdle: boolean) => void = () => undefined;
  readonly #extensions = new ExtensionsApi();
  readonly #server: Server;
  readonly #queue: QueuedInvocation[] = [];
  #waiting: ServerResponse | undefined;
  #current: QueuedInvocation | undefined;
  #answered: QueuedInvocation | undefined;
  #initialized = false;
  #ending: Ending | undefined;

  private constructor() {
    this.#extensions.onReady = () => this.#dispatch();
    // As much as the real one takes: the client repeats an error in a header.
    const limits = { maxHeaderSize: 1 << 20 };
    this.#server = createServer(limits, (request, response) => void this.#serve(request, response));
    // A runtime keeps its connection for as long as it waits for the next event.
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  /** Listen on a free port of 127.0.0.1. */
  static async start(): Promise<RuntimeApiEmulator> {
    const emulator = new RuntimeApiEmulator();
    emulator.#server.listen(0, "127.0.0.1");
    await once(emulator.#server, "listening");
    return emulator;
  }

  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whether the runtime has asked for its first event, which ends Lambda's init phase. */
  get initialized(): boolean {
    return this.#initialized;
  }

  /** Whether the process has an extension, so that Lambda would send SIGTERM before it ends it. */
  get hasExtension(): boolean {
    return this.#extensions.hasAny;
  }

  /** Queue an event, given as the bytes to send, and wait for how it ends. */
  invoke(event: string | Uint8Array, options: InvokeOptions = {}): Promise<Outcome> {
    const bytes = Buffer.from(event as Uint8Array);
    if (bytes.length > MAX_PAYLOAD_BYTES) {
      const hint = `Lambda accepts ${MAX_PAYLOAD_BYTES}: put larger data in S3 and send its key`;
      throw new BenchError("LAC7006", `the event has ${bytes.length} bytes`, hint);
    }
    const invocation = new QueuedInvocation(bytes, options);
    if (this.#ending) this.#end(invocation, this.#ending);
    else this.#queue.push(invocation);
    this.#dispatch();
    return invocation.outcome;
  }

  /** Tell the emulator that the process is gone: whatever waits for it ends now, and so does all that follows. */
  runtimeExited(message: string): void {
    this.#endAll({ kind: "exit", message });
  }

  /** End everything that the runtime has not taken yet as Lambda ends a function that takes too long to start. */
  initTimedOut(): void {
    for (const invocation of this.#queue.splice(0)) invocation.timeout();
  }

  async close(): Promise<void> {
    this.runtimeExited("Error: Runtime API closed");
    this.#waiting = undefined;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.#extensions.serve(request, response, this.#initialized)) return;
    const route = ROUTE.exec(request.url ?? "");
    if (!route) return notFound(response);
    const [, next, initError, requestId, answer] = route;
    if (request.method !== (next ? "GET" : "POST")) return methodNotAllowed(response);
    // With SnapStart, the snapshot is taken while this waits for its answer. Here there is none to wait for.
    if (next === "restore/next") return void response.end();
    if (next) return this.#next(request, response);
    const isStreamed = request.headers["lambda-runtime-function-response-mode"] === "streaming";
    const current = this.#current;
    const body = await read(request, isStreamed ? MAX_STREAMED_BYTES : MAX_PAYLOAD_BYTES, () =>
      current?.begun(),
    );
    if (body === undefined) return; // the runtime died while sending: its exit is what counts
    if (initError) return this.#initError(request, response, body);
    return this.#answer(request, response, body, requestId!, answer === "error" ? "error" : "response");
  }

  #next(request: IncomingMessage, response: ServerResponse): void {
    if (this.#current) return invalidTransition(response, "Running", "Ready");
    this.#initialized = true;
    this.#waiting = response;
    request.on("close", () => {
      if (this.#waiting === response) this.#waiting = undefined;
    });
    this.#dispatch();
  }

  #dispatch(): void {
    if (!this.#waiting || this.#current || !this.#extensions.areReady) return;
    const invocation = this.#queue.shift();
    this.onIdle(!invocation);
    if (!invocation) return;
    const response = this.#waiting;
    this.#waiting = undefined;
    this.#current = invocation;
    invocation.hand(response, () => this.onTimeout());
    this.#extensions.invoke(invocation.event);
  }

  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    id: string,
    kind: "response" | "error",
  ): void {
    const to = kind === "response" ? "InvocationResponse" : "InvocationErrorResponse";
    const invocation = this.#current;
    if (id !== invocation?.requestId) {
      if (id === this.#answered?.requestId) return invalidTransition(response, "ResponseSent", to);
      return invalidRequestId(response);
    }
    this.#answered = invocation;
    this.#current = undefined;
    if (request.headers["lambda-runtime-function-response-mode"] === "streaming") {
      return this.#streamed(request, response, body, invocation);
    }
    if (body.length > MAX_PAYLOAD_BYTES) {
      const message = `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`;
      invocation.end("error", errorPayload("Function.ResponseSizeTooLarge", message), "application/json");
      return payloadTooLarge(response);
    }
    invocation.end(kind, body, request.headers["content-type"]);
    accepted(response);
  }

  /** An error that comes after the head of a streamed response is in its trailers; what was sent before stays sent. */
  #streamed(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    invocation: QueuedInvocation,
  ): void {
    accepted(response);
    const error = request.trailers["lambda-runtime-function-error-body"];
    if (request.trailers["lambda-runtime-function-error-type"] === undefined) {
      return invocation.end("response", body, request.headers["content-type"]);
    }
    invocation.end("error", Buffer.from(error ?? "", "base64"), "application/json", body);
  }

  #initError(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (this.#initialized)
      return invalidTransition(response, this.#current ? "Running" : "Ready", "InitError");
    accepted(response);
    this.#endAll({ kind: "init-error", payload: body, contentType: request.headers["content-type"] });
  }

  #endAll(ending: Ending): void {
    this.#ending ??= ending;
    const unfinished = [...(this.#current ? [this.#current] : []), ...this.#queue.splice(0)];
    this.#current = undefined;
    for (const invocation of unfinished) this.#end(invocation, this.#ending);
  }

  #end(invocation: QueuedInvocation, ending: Ending): void {
    if (ending.kind === "exit") invocation.fail("exit", "Runtime.ExitError", ending.message);
    else invocation.end(ending.kind, ending.payload, ending.contentType);
  }
}

/** The request's body, or undefined when the connection broke before its end. */
async function read(
  request: IncomingMessage,
  limit: number,
  onBegin: () => void,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (length === 0) onBegin();
      length += chunk.length;
      // A body over the limit is read to its end, or the sender would never see the answer, but not all kept.
      if (length <= limit + chunk.length) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
