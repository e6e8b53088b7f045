import type { Context } from "aws-lambda";
import type { ResponseSink } from "./streaming.js";

/** `response`: `(event, context, response, logger)`; `event`: `(event, context) => result`; `http`: a fetch app. */
export type FunctionKind = "response" | "event" | "http";

/**
 * How one kind of app is called. An outcome is whatever the app left behind (a value, a filled response); it is turned
 * into JSON text for the library or into a value for a Node Lambda handler, never into both.
 */
export interface Adapter<Outcome = unknown> {
  readonly kind: FunctionKind;
  /**
   * Calls the app, and `finish` with what it left behind. Answers at once, with no promise, when the app does, and with one
   * promise otherwise: each costs the engine as much as a small handler.
   */
  call<Result>(
    event: unknown,
    context: Context,
    finish: (outcome: Outcome) => Result,
  ): Result | PromiseLike<Result>;
  /** Calls the app and sends its answer to `sink` while it is written; settles when all of it is sent. */
  stream(event: unknown, context: Context, sink: ResponseSink): PromiseLike<void>;
  toJson(outcome: Outcome): string;
  toValue(outcome: Outcome): unknown;
}

/** A registered function. `Options` is opaque here: what may stand in it is the registering package's concern. */
export interface RegisteredFunction<Options = unknown> {
  readonly name: string;
  readonly options: Options;
  /** Whether its answer is sent while it is written, where the host can. */
  readonly streams?: boolean;
  // Outcomes never leave the adapter that made them, so the registry need not know their type.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly adapter: Adapter<any>;
}

export interface Registry {
  readonly name: string;
  readonly description: string;
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

/** What a handler returned as a promise: as it is, or around a `then` of the app's own, which may do anything. */
export function promiseOf(value: unknown): Promise<unknown> | undefined {
  if (value instanceof Promise) return value;
  return isPromiseLike(value) ? Promise.resolve(value) : undefined;
}
