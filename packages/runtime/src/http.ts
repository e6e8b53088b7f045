import {
  fetchAdapter,
  type FetchExecutionContext,
  type FetchFunction,
  type HttpAdapterOptions,
  type LambdaBindings,
} from "@laconic/dispatcher";
import { RegistrationError } from "./errors.js";
import type { LambdaFunction } from "./lambda.js";
import { checkFunctionName } from "./names.js";
import { checkHttpOptions, type FunctionOptions } from "./options.js";

/** A Hono app, or any object with a `fetch` function. */
export interface FetchApp {
  // A method, and with loose parameters, so that apps with an environment type of their own fit.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  fetch(request: Request, env?: any, executionContext?: any): Response | PromiseLike<Response>;
}

export type FetchHandler = {
  handler(
    request: Request,
    env: LambdaBindings,
    executionContext: FetchExecutionContext,
  ): Response | PromiseLike<Response>;
}["handler"];

export type HttpOptions = Omit<FunctionOptions, "shape"> & HttpAdapterOptions;

/**
 * Registers an HTTP app: it is called with a `Request` made of the API Gateway, Function URL or load balancer event, and
 * its `Response` becomes the result that the same source expects. An event of another source is `POST /events`.
 * @throws RegistrationError LAC3102, LAC3105, LAC3106 or LAC3108
 */
export function http(name: string, app: FetchApp | FetchHandler, options: HttpOptions = {}): LambdaFunction {
  checkFunctionName(name);
  checkHttpOptions(name, options);
  return { name, options, adapter: fetchAdapter(name, fetchFunction(name, app), options) };
}

function fetchFunction(name: string, app: unknown): FetchFunction {
  // Express apps, too, are functions: what is a method of fetch apps only is looked at first.
  const { fetch } = (app ?? {}) as { fetch?: unknown };
  if (typeof fetch === "function")
    return (request, env, execution) => (fetch as FetchFunction).call(app, request, env, execution);
  if (typeof app === "function" && !isListener(app)) return app as FetchFunction;
  throw new RegistrationError(
    "LAC3108",
    `HTTP function "${name}" was given ${describeApp(app)}`,
    "Accepted are an object with a fetch method, such as a Hono app or { fetch }, and a function (request) => Response.",
  );
}

/** `(req, res)`, `(req, res, next)`, and apps of Express and connect. */
function isListener(app: { length: number; listen?: unknown; handle?: unknown }): boolean {
  return typeof app.listen === "function" || typeof app.handle === "function" || app.length >= 2;
}

function describeApp(app: unknown): string {
  if (app === null || app === undefined) return String(app);
  const members = app as Record<string, unknown>;
  if (typeof members["inject"] === "function") return "a Fastify app, which needs Node's HTTP server";
  if (typeof members["callback"] === "function") return "a Koa app, which needs Node's HTTP server";
  if (typeof app === "function") return "a Node request listener (req, res), which needs Node's HTTP server";
  return typeof app === "object" ? "an object without a fetch method" : `a value of type ${typeof app}`;
}
