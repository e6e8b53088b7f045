import type { Context } from "aws-lambda";
import { AFTER_RESPONSE, runAfterResponse } from "./after-response.js";
import { readContext } from "./context.js";
import { describe } from "./describe.js";
import { DispatchError } from "./errors.js";
import type { RegisteredFunction, Registry } from "./function.js";
import { runHooks } from "./lifecycle.js";
import { hostSink, type ResponseSink } from "./streaming.js";
import { closest } from "./suggest.js";
import { parse, stringify } from "./intrinsics.js";

/** `(functionName, eventJson, contextJson)` -> the result as JSON text, without a promise when the handler is synchronous. */
export type Dispatch = (
  functionName: string,
  eventJson: string,
  contextJson: string,
) => string | PromiseLike<string>;

/** The reserved name under which the build asks what a library holds. Function names cannot hold `$`. */
export const DESCRIBE = "$describe";

/** The context of the notice after whose work the process ends. */
const LAST = '{"isLast":true}';

/**
 * The library's entry. Throws (or rejects with) what the handler throws, untouched.
 * @throws DispatchError LAC3001 unknown function, LAC3002 event or context that is not JSON, and what the adapters throw
 */
export function createDispatch(registry: Registry): Dispatch {
  // Found without a method, which the app may replace, and without a prototype.
  const targets: Record<string, RegisteredFunction | undefined> = Object.assign(
    Object.create(null) as object,
    Object.fromEntries(registry.functions),
  );
  return (functionName, eventJson, contextJson) => {
    const target = targets[functionName];
    if (target === undefined) {
      if (functionName === DESCRIBE) return stringify(describe(registry));
      if (functionName === AFTER_RESPONSE) return runAfterResponse(parse(eventJson), contextJson === LAST);
      const hooks = runHooks(functionName);
      if (hooks) return hooks;
      throw unknownFunction(registry, functionName);
    }
    const { adapter } = target;
    let event: unknown;
    let context: Context;
    let what = "event";
    try {
      event = parse(eventJson);
      what = "context";
      context = readContext(contextJson);
    } catch (cause) {
      throw notJson(what, target.name, cause as Error);
    }
    const sink = target.streams ? hostSink() : undefined;
    // The host sends what went to the sink; the result is of no use to it then.
    if (sink) return adapter.stream(event, context, sink).then(() => "null");
    return adapter.call(event, context, adapter.toJson);
  };
}

/** The same function as a handler that a managed Node runtime calls: `(event, context) => Promise<result>`. */
export function nodeHandler({
  adapter,
}: RegisteredFunction): (event: unknown, context: Context) => Promise<unknown> {
  return async (event, context) => adapter.call(event, context, adapter.toValue);
}

/** The same for a host that takes the answer while it is written. */
export function streamingHandler({
  adapter,
}: RegisteredFunction): (event: unknown, context: Context, sink: ResponseSink) => Promise<void> {
  return async (event, context, sink) => adapter.stream(event, context, sink);
}

/** @returns the error for a name that no function has (LAC3001), with the name that was probably meant. */
export function unknownFunction(registry: Registry, functionName: string): DispatchError {
  const known = [...registry.functions.keys()];
  const guess = closest(functionName, known);
  return new DispatchError(
    "LAC3001",
    `Service "${registry.name}" has no function "${functionName}"` +
      `${guess === undefined ? "" : `, did you mean "${guess}"?`} (known: ${known.join(", ")})`,
    { hint: "Invoke one of the known names, or register the function in the list that main() is given." },
  );
}

function notJson(what: string, functionName: string, cause: Error): DispatchError {
  return new DispatchError(
    "LAC3002",
    `The ${what} for function "${functionName}" is not JSON: ${cause.message}`,
    { hint: `Send the ${what} as one JSON value; a plain text needs quotes: "text".`, cause },
  );
}
