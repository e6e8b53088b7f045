import { withoutBasePath, type BasePath } from "./base-path.js";
import { checkRequest, framed } from "./check.js";
import { BadRequest, type HttpRequest, type HttpResponse } from "./exchange.js";
import { stringify } from "../intrinsics.js";

/** What an HTTP app may say of how it is called. */
export interface HttpAdapterOptions {
  /** Taken off the path before the app sees it. Default: none. */
  readonly basePath?: BasePath;
  /** Where the app finds events that are no HTTP requests, for example those of a queue. Default: `/events`. */
  readonly eventPath?: string;
}

/**
 * The request as an app may see it: checked, framed, and without the base path.
 * @throws BadRequest for what a client must not send; what the event's shape throws
 */
export function receive(event: { toRequest(): HttpRequest }, basePath: BasePath | undefined): HttpRequest {
  const request = event.toRequest();
  checkRequest(request);
  return {
    ...request,
    // Some engines' Request does so to every name, Node's to the common ones: made here, apps see the same.
    method: request.method.toUpperCase(),
    path: withoutBasePath(request.path, basePath),
    headers: framed(request.headers, request.body),
  };
}

/** The answer to a request that no app saw. @throws the error itself when it is another than BadRequest */
export function refusal(error: unknown): HttpResponse {
  if (!(error instanceof BadRequest)) throw error;
  const { statusCode, message } = error;
  return {
    statusCode,
    statusMessage: "",
    headers: [["content-type", "application/json"]],
    body: stringify({ message }),
    isBase64Encoded: false,
  };
}
