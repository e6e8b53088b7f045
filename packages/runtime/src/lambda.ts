import {
  eventAdapter,
  responseAdapter,
  type EventHandler as PlainHandler,
  type InProcessResponse,
  type Logger,
  type RegisteredFunction,
  type ResponseHandler as RespondingHandler,
} from "@laconic/dispatcher";
import type { Context, Handler } from "aws-lambda";
import type { ServerResponse } from "node:http";
import { RegistrationError } from "./errors.js";
import { checkFunctionName } from "./names.js";
import { checkOptions, type FunctionOptions } from "./options.js";

/** A function made by `lambda()` or `http()`, to be listed in `main()`. */
export type LambdaFunction = RegisteredFunction<FunctionOptions>;

/** The members of Node's `ServerResponse` that a response in process has. */
export type LambdaResponse = Pick<ServerResponse, Extract<keyof ServerResponse, keyof InProcessResponse>>;

/**
 * Both shapes in one: a function with fewer parameters fits too. Written as a method so that a parameter annotated with
 * Node's own `ServerResponse` is accepted.
 */
export type AnyShapeHandler<Event> = {
  handler(event: Event, context: Context, response: LambdaResponse, logger: Logger): unknown;
}["handler"];

/**
 * Registers one function. Three or more parameters make it `(event, context, response, logger)`: the answer is what is
 * written to `response`. Fewer make it a plain Lambda handler: the answer is what it returns.
 * @throws RegistrationError LAC3102, LAC3105, LAC3106 or LAC3107
 */
// An unannotated event is `any`, as in Lambda's own types: nobody but the app knows what it is invoked with.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function lambda<Event = any>(
  name: string,
  handler: AnyShapeHandler<Event>,
  options?: FunctionOptions,
): LambdaFunction;
/** A handler that is annotated with the type of `@types/aws-lambda`. Its callback parameter is not supported: return a promise. */
export function lambda<Event, Result>(
  name: string,
  handler: Handler<Event, Result>,
  options?: FunctionOptions,
): LambdaFunction;
export function lambda(name: string, handler: unknown, options: FunctionOptions = {}): LambdaFunction {
  checkFunctionName(name);
  checkOptions(name, options);
  if (typeof handler !== "function") throw notAHandler(name, handler);
  const isResponding = options.shape === undefined ? handler.length >= 3 : options.shape === "response";
  const adapter = isResponding
    ? responseAdapter(name, handler as RespondingHandler)
    : eventAdapter(name, handler as PlainHandler, options.streaming);
  return { name, options, adapter, ...(options.streaming && { streams: true }) };
}

function notAHandler(name: string, handler: unknown): RegistrationError {
  const isApp = typeof (handler as { fetch?: unknown } | null | undefined)?.fetch === "function";
  return new RegistrationError(
    "LAC3107",
    `The handler of function "${name}" is ${handler === null ? "null" : `of type ${typeof handler}`}, not a function`,
    isApp
      ? `It is an HTTP app: register it with http("${name}", app).`
      : "Give lambda() a function (event, context) or (event, context, response, logger).",
  );
}
