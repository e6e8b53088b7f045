import type { Context } from "aws-lambda";
import { DispatchError } from "../errors.js";
import { isObject } from "../events/fields.js";
import { recognise } from "../events/recognise.js";
import type { HttpEvent } from "../events/shape.js";
import type { Adapter } from "../function.js";
import { bodyFields } from "../http/body.js";
import { checkHost } from "../http/check.js";
import { BadRequest, type HttpHeader, type HttpRequest, type HttpResponse } from "../http/exchange.js";
import { receive, refusal, type HttpAdapterOptions } from "../http/receive.js";
import { stringify } from "../intrinsics.js";
import { beginHttp, piecesOf, sendHttp, sendPieces, type ResponseSink } from "../streaming.js";

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

export function fetchAdapter(
  functionName: string,
  app: FetchFunction,
  options: HttpAdapterOptions = {},
): Adapter {
  return {
    kind: "http",
    call: (event, context, finish) => exchange({ functionName, app, options }, event, context).then(finish),
    stream: (event, context, sink) => streamed({ functionName, app, options }, event, context, sink),
    // Built here of strings and numbers only, so there is nothing that JSON could not hold.
    toJson: (result) => stringify(result),
    toValue: (result) => result,
  };
}

interface Subject {
  readonly functionName: string;
  readonly app: FetchFunction;
  readonly options: HttpAdapterOptions;
}

async function exchange(subject: Subject, received: unknown, context: Context): Promise<unknown> {
  const { event, ...asked } = await ask(subject, received, context);
  if (asked.refused) return event.toResult(asked.refused);
  const answer = await fromResponse(asked.response, asked.method);
  await finish(asked.pending);
  return event.toResult(answer);
}

async function streamed(
  subject: Subject,
  received: unknown,
  context: Context,
  sink: ResponseSink,
): Promise<void> {
  const asked = await ask(subject, received, context);
  if (asked.refused) return sendHttp(sink, asked.refused);
  const { response, method, pending } = asked;
  beginHttp(sink, response.status, responseHeaders(response.headers));
  const pieces = method === "HEAD" ? undefined : piecesOf(response.body);
  if (pieces) await sendPieces(sink, pieces);
  await finish(pending);
}

/** What the app answered, or why it was not asked. */
type Asked = { readonly event: HttpEvent } & (
  | { readonly refused: HttpResponse }
  | {
      readonly refused?: undefined;
      readonly response: Response;
      readonly method: string;
      readonly pending: readonly PromiseLike<unknown>[];
    }
);

async function ask(
  { functionName, app, options }: Subject,
  received: unknown,
  context: Context,
): Promise<Asked> {
  const event = recognise(functionName, received, options.eventPath);
  let request: HttpRequest;
  let input: Request;
  try {
    request = receive(event, options.basePath);
    input = toRequest(request);
  } catch (error) {
    return { event, refused: refusal(error) };
  }
  const pending: PromiseLike<unknown>[] = [];
  const response = await app(input, bindings(received, context), executionContext(pending));
  if (!isResponse(response)) throw notAResponse(functionName, response);
  return { event, response, method: request.method, pending };
}

function toRequest({ method, scheme, host, path, query, headers, body }: HttpRequest): Request {
  checkHost(host);
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
    // The platform's own check of method, header values and URL.
    throw new BadRequest(`The request cannot be represented: ${(error as Error).message}`);
  }
}

/** A text body with no type would be given text/plain by the platform; the client sent none. */
function bodyInit(body: string | Uint8Array, headers: readonly HttpHeader[]): string | Uint8Array {
  const isTyped = typeof body !== "string" || headers.some(([name]) => name === "content-type");
  return isTyped ? body : new TextEncoder().encode(body);
}

function bindings(event: unknown, context: Context): LambdaBindings {
  const requestContext = isObject(event) ? event["requestContext"] : undefined;
  return { event, requestContext, lambdaContext: context, context };
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
  if (pending.length === 0) return;
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
  const contentType = response.headers.get("content-type") ?? undefined;
  const contentEncoding = response.headers.get("content-encoding") ?? undefined;
  return { statusCode, statusMessage, headers, ...bodyFields(bytes, contentType, contentEncoding) };
}

function responseHeaders(headers: Headers): HttpHeader[] {
  const fields: HttpHeader[] = [];
  headers.forEach((value, name) => {
    if (name !== "set-cookie") fields.push([name, value]);
  });
  for (const cookie of headers.getSetCookie()) fields.push(["set-cookie", cookie]);
  return fields;
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
