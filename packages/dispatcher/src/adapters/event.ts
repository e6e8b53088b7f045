import type { Context } from "aws-lambda";
import { promiseOf, type Adapter } from "../function.js";
import { resultToJson } from "../json.js";

/** A plain Lambda handler: what it returns (or resolves to) is the result. */
export type EventHandler = (event: unknown, context: Context) => unknown;

export function eventAdapter(functionName: string, handler: EventHandler): Adapter {
  return {
    kind: "event",
    call(event, context, finish) {
      const result = handler(event, context);
      const promise = promiseOf(result);
      return promise ? promise.then(finish) : finish(result);
    },
    toJson: (result) => resultToJson(functionName, result),
    toValue(result) {
      // Lambda's Node runtime makes the JSON itself; made here too, a result it cannot hold gives the same error in both.
      resultToJson(functionName, result);
      return result ?? null;
    },
  };
}
