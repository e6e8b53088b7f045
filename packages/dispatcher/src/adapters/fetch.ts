import type { Context } from "aws-lambda";
import { DispatchError } from "../errors.js";
import type { Adapter } from "../function.js";
import { recognise } from "../events/recognise.js";
import type { Fields } from "../events/fields.js";
import { decodeUtf8, isTextType, toBase64 } from "../http/body.js";
import { BadRequest, type HttpHeader, type HttpRequest, type HttpResponse } from "../http/exchange.js";

/** What a fetch app receives beside the request, under the names that Hono's own Lambda adapter uses. */
export interface LambdaBindings {
  readonly event: unknown;
  readonly requestContext: unknown;
  readonly lambdaContext: Context;
  readonly context: Context;
}

/** As on other fetch platforms: what is given to `waitUntil` is finished before the result goes out. */
export interface FetchExecutionContext {
  waitUntil(promise: PromiseLike<unknown>): void;
  passThroughOnException(): void;
  readonly props: Record<string, never>;
}

export type FetchFunction = (
  request: Request,
  env: LambdaBindings,
  executionContext: FetchExecutionContext,
) => Response | PromiseLike<Response>;

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

export function fetchAdapter(functionName: string, app: FetchFunction): Adapter {
  return {
    kind: "http",
    call: (event, context) => exchange(functionName, app, event, context),
    // Built here of strings and numbers only, so there is nothing that JSON could not hold.
    toJson: (result) => JSON.stringify(result),
    toValue: (result) => result,
  };
}

async function exchange(
  functionName: string,
  app: FetchFunction,
  received: unknown,
  context: Context,
): Promise<unknown> {
  const { shape, event } = recognise(functionName, received);
  let request: HttpRequest;
  let input: Request;
  try {
    request = shape.toRequest(event);
    input = toRequest(request);
  } catch (error) {
    if (error instanceof BadRequest) return shape.toResult(refusal(error), event);
    throw error;
  }
  const pending: PromiseLike<unknown>[] = [];
  const response = await app(input, bindings(event, context), executionContext(pending));
  if (!isResponse(response)) throw notAResponse(functionName, response);
  const result = shape.toResult(await fromResponse(response, request.method), event);
  if (pending.length > 0) await finish(pending);
  return result;
}

function toRequest({ method, scheme, host, path, query, headers, body }: HttpRequest): Request {
  // The host goes into the URL as text: anything but a name, an address or a port would change what the URL means.
  if (!HOST.test(host)) throw new BadRequest("The Host header is not a host");
  for (const [name, value] of headers) {
    if (/[\r\n\0]/.test(value)) throw new BadRequest(`The value of header "${name}" holds a line break`);
  }
  const hasBody = method !== "GET" && method !== "HEAD" && body !== undefined;
  try {
    // Parsed first: not every engine's Request normalises what it is given.
    const { href } = new URL(`${scheme}://${host}${path}${query === "" ? "" : `?${query}`}`);
    return new Request(href, {
      method,
      headers: headers as [string, string][],
      ...(hasBody && { body: bodyInit(body, headers) as NonNullable<RequestInit["body"]> }),
    });
  } catch (error) {
    // The platform's own check of method, header names and values, and URL.
    throw new BadRequest(`The request cannot be represented: ${(error as Error).message}`);
  }
}

/** A text body with no type would be given text/plain by the platform; the client sent none. */
function bodyInit(body: string | Uint8Array, headers: readonly HttpHeader[]): string | Uint8Array {
  const isTyped = typeof body !== "string" || headers.some(([name]) => name === "content-type");
  return isTyped ? body : new TextEncoder().encode(body);
}

function bindings(event: Fields, context: Context): LambdaBindings {
  return { event, requestContext: event["requestContext"], lambdaContext: context, context };
}

function executionContext(pending: PromiseLike<unknown>[]): FetchExecutionContext {
  return {
    waitUntil: (promise) => void pending.push(promise),
    passThroughOnException: () => undefined,
    props: {},
  };
}

/** The response is made already, so a failure here can only be reported. */
async function finish(pending: readonly PromiseLike<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(pending)) {
    if (outcome.status === "rejected") console.error(outcome.reason);
  }
}

async function fromResponse(response: Response, method: string): Promise<HttpResponse> {
  const headers = responseHeaders(response.headers);
  const { status: statusCode, statusText: statusMessage } = response;
  if (method === "HEAD" || response.body === null) {
    return { statusCode, statusMessage, headers, body: "", isBase64Encoded: false };
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isText = isTextType(
    response.headers.get("content-type") ?? undefined,
    response.headers.get("content-encoding") ?? undefined,
  );
  const text = isText ? decodeUtf8(bytes) : undefined;
  return {
    statusCode,
    statusMessage,
    headers,
    body: text ?? toBase64(bytes),
    isBase64Encoded: text === undefined && bytes.length > 0,
  };
}

function responseHeaders(headers: Headers): HttpHeader[] {
  const fields: HttpHeader[] = [];
  headers.forEach((value, name) => {
    if (name !== "set-cookie") fields.push([name, value]);
  });
  for (const cookie of headers.getSetCookie()) fields.push(["set-cookie", cookie]);
  return fields;
}

function refusal({ statusCode, message }: BadRequest): HttpResponse {
  const headers: HttpHeader[] = [["content-type", "application/json"]];
  return {
    statusCode,
    statusMessage: "",
    headers,
    body: JSON.stringify({ message }),
    isBase64Encoded: false,
  };
}

/** By shape: frameworks bring Response classes of their own. */
function isResponse(value: unknown): value is Response {
  const response = value as Partial<Response> | null | undefined;
  return typeof response?.status === "number" && typeof response.headers?.forEach === "function";
}

function notAResponse(functionName: string, value: unknown): DispatchError {
  const actual = value === null ? "null" : typeof value === "object" ? "an object" : typeof value;
  return new DispatchError(
    "LAC3006",
    `The fetch function of "${functionName}" gave ${actual} instead of a Response`,
    {
      hint: "Return a Response, or a promise of one, on every path.",
    },
  );
}
