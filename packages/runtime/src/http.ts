import {
  fetchAdapter,
  listenerAdapter,
  type HttpAdapterOptions,
  type LambdaRequest,
} from "@laconic/dispatcher";
import type { ServerResponse } from "node:http";
import { recogniseApp, type HttpApp as KnownApp } from "./http-app.js";
import type { LambdaFunction } from "./lambda.js";
import { checkFunctionName } from "./names.js";
import { checkHttpOptions, isHttpOptions, type FunctionOptions } from "./options.js";

/** A Hono app, or any object with a `fetch` function. */
export interface FetchApp {
  // A method, and with loose parameters, so that apps with an environment type of their own fit.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  fetch(request: Request, env?: any, executionContext?: any): Response | PromiseLike<Response>;
}

/** A function of one parameter. Whoever needs the bindings or the execution context passes an object with `fetch`. */
export type FetchHandler = (request: Request) => Response | PromiseLike<Response>;

export type HttpOptions = Omit<FunctionOptions, "shape"> & HttpAdapterOptions;

/** `(req, res)`, also with `next`, and what frameworks make of it. Written as a method so that Node's own types fit. */
export type NodeListener = {
  // A method, so that requests and responses that a framework has extended fit.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  listener(request: LambdaRequest, response: ServerResponse, next?: any): unknown;
}["listener"];

/** An app that makes a listener, or is a server with one: Koa, Fastify, Nest, `http.createServer(...)`, hapi, restify. */
export type ListenerApp =
  | { callback(): NodeListener }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  | { ready(): any; routing(request: any, response: any): void }
  | { init(): Promise<unknown>; getHttpAdapter(): unknown }
  | { listen(...parameters: never[]): unknown; emit(event: string, ...parameters: never[]): boolean }
  | { handler: NodeListener }
  | { listener: { emit(event: string, ...parameters: never[]): boolean } }
  | { server: { emit(event: string, ...parameters: never[]): boolean } };

export type HttpApp = FetchApp | FetchHandler | NodeListener | ListenerApp;

/**
 * Registers an HTTP app. A fetch app is called with a `Request` made of the API Gateway, Function URL or load balancer
 * event; a Node listener, and what frameworks such as Express, Koa, Fastify and Nest make of it, with Node's own request
 * and response, of which no byte touches a socket. The answer becomes the result that the event's source expects. An
 * event of another source is `POST /events`. The event and the context are `request.lambda` of a Node request.
 * @throws RegistrationError LAC3102, LAC3105, LAC3106 or LAC3108
 */
export function http(
  name: string,
  app: FetchApp | FetchHandler | ListenerApp | PromiseLike<HttpApp>,
  options?: HttpOptions,
): LambdaFunction;
/** A function of one parameter is a fetch function: of a listener, too, the response must be named. */
export function http<App extends NodeListener>(
  name: string,
  app: App & (Parameters<App>["length"] extends 0 | 1 ? never : unknown),
  options?: HttpOptions,
): LambdaFunction;
/**
 * The server that the app listens with: `http.createServer(listener).listen(3000)`, or a framework's `app.listen(3000)`,
 * before the first request. It opens no port. In Node, which opens one, there is no such server.
 */
export function http(name: string, options?: HttpOptions): LambdaFunction;
export function http(name: string, ...rest: unknown[]): LambdaFunction {
  checkFunctionName(name);
  const isListening = rest.length === 0 || (rest.length === 1 && isHttpOptions(rest[0]));
  const [app, options = {}] = (isListening ? [undefined, ...rest] : rest) as [unknown, HttpOptions?];
  checkHttpOptions(name, options);
  const known: KnownApp = isListening ? { kind: "listener" } : recogniseApp(name, app);
  const adapter =
    known.kind === "fetch"
      ? fetchAdapter(name, known.fetch, options)
      : listenerAdapter(name, known.source, options);
  return { name, options, adapter, ...(options.streaming && { streams: true }) };
}
