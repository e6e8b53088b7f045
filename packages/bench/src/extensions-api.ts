import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { reply } from "./runtime-api-replies.js";

const ROUTE = /^\/2020-01-01\/extension\/(?:(register)|(event\/next)|((?:init|exit)\/error))$/;

/** The payload of an INVOKE event. */
export interface InvokeEvent {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
}

interface Extension {
  readonly name: string;
  readonly events: readonly string[];
  /** Its request for the next event, while that waits. */
  waiting: ServerResponse | undefined;
}

/** Lambda's Extensions API, version 2020-01-01, for extensions in the runtime's own process. */
export class ExtensionsApi {
  /** Called when an extension asks for its next event. */
  onReady: () => void = () => undefined;
  readonly #extensions = new Map<string, Extension>();

  /** Whether there is an extension: Lambda then sends SIGTERM before it ends the process. */
  get hasAny(): boolean {
    return this.#extensions.size > 0;
  }

  /** Whether each extension waits for the next event. Before that, Lambda neither sends one nor stops the sandbox. */
  get areReady(): boolean {
    return [...this.#extensions.values()].every(({ waiting }) => waiting !== undefined);
  }

  /** @returns false if the request belongs to another API */
  async serve(request: IncomingMessage, response: ServerResponse, isInitialized: boolean): Promise<boolean> {
    const route = ROUTE.exec(request.url ?? "");
    if (!route) return false;
    const [, register, next] = route;
    if (request.method !== (next ? "GET" : "POST")) response.writeHead(405).end();
    else if (register) await this.#register(request, response, isInitialized);
    else if (next) this.#next(request, response);
    else reply(response, 202, { status: "OK" });
    return true;
  }

  /** Sends the INVOKE event to every extension. */
  invoke({ requestId, deadlineMs, invokedFunctionArn, traceId }: InvokeEvent): void {
    const tracing = { type: "X-Amzn-Trace-Id", value: traceId };
    for (const extension of this.#extensions.values()) {
      if (!extension.events.includes("INVOKE")) continue;
      const { waiting } = extension;
      extension.waiting = undefined;
      waiting?.setHeader("Lambda-Extension-Event-Identifier", randomUUID());
      const event = { eventType: "INVOKE", deadlineMs, requestId, invokedFunctionArn, tracing };
      if (waiting) reply(waiting, 200, event);
    }
  }

  async #register(request: IncomingMessage, response: ServerResponse, isInitialized: boolean): Promise<void> {
    const refuse = (status: number, errorType: string, errorMessage: string): void =>
      reply(response, status, { errorType, errorMessage });
    const name = request.headers["lambda-extension-name"];
    const events = eventsOf(await text(request));
    if (typeof name !== "string" || name === "")
      return refuse(403, "Extension.InvalidExtensionName", "no Lambda-Extension-Name");
    if (isInitialized)
      return refuse(403, "Extension.RegistrationClosed", "extensions register while the function starts");
    if ([...this.#extensions.values()].some((known) => known.name === name))
      return refuse(403, "Extension.AlreadyRegisteredError", `${name} is registered already`);
    if (events === undefined)
      return refuse(400, "Extension.InvalidEventType", 'expected {"events":["INVOKE"]}');
    if (events.includes("SHUTDOWN")) {
      const reason = "internal extensions cannot register for SHUTDOWN";
      return refuse(400, "ShutdownEventNotSupportedForInternalExtension", reason);
    }
    const identifier = randomUUID();
    this.#extensions.set(identifier, { name, events, waiting: undefined });
    response.setHeader("Lambda-Extension-Identifier", identifier);
    reply(response, 200, { functionName: "laconic", functionVersion: "$LATEST", handler: "laconic" });
  }

  #next(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.#extensions.get(String(request.headers["lambda-extension-identifier"]));
    if (!extension) {
      const errorMessage = "no extension has this Lambda-Extension-Identifier";
      return reply(response, 403, { errorType: "Extension.UnknownExtensionIdentifier", errorMessage });
    }
    extension.waiting = response;
    request.on("close", () => {
      if (extension.waiting === response) extension.waiting = undefined;
    });
    this.onReady();
  }
}

function eventsOf(body: string): readonly string[] | undefined {
  try {
    const { events = [] } = JSON.parse(body) as { events?: unknown };
    const known = (event: unknown) => event === "INVOKE" || event === "SHUTDOWN";
    return Array.isArray(events) && events.every(known) ? (events as string[]) : undefined;
  } catch {
    return undefined;
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
