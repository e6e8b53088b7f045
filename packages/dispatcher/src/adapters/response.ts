import type { Context } from "aws-lambda";
import { DispatchError } from "../errors.js";
import { promiseOf, type Adapter } from "../function.js";
import { resultToJson } from "../json.js";
import { RequestLogger, type Logger } from "../logger.js";
import { InProcessResponse } from "../response/response.js";
import { responseResult } from "../response/result.js";
import { sendWhole } from "../streaming.js";

/** Sparta's shape: the answer is written to `response`. */
export type ResponseHandler = (
  event: unknown,
  context: Context,
  response: InProcessResponse,
  logger: Logger,
) => unknown;

/** What a promise resolved to while its response was still open. */
interface ReturnedValue {
  readonly returned: unknown;
}

/**
 * When the exchange is over: with a handler that returns a promise, when that settles (so work after `end()` is not cut
 * off by the sandbox's freeze); with any other handler, at `response.end()`.
 */
export function responseAdapter(
  functionName: string,
  handler: ResponseHandler,
): Adapter<InProcessResponse | ReturnedValue> {
  return {
    kind: "response",
    call(event, context, finish) {
      const response = new InProcessResponse();
      const returned = handler(event, context, response, new RequestLogger(context.awsRequestId));
      const promise = promiseOf(returned);
      if (promise === undefined) {
        return response.isOver ? finish(response) : response.whenOver().then(finish);
      }
      return promise.then((value) => {
        if (response.isOver) return finish(response);
        if (response.finished || response.destroyed || response.pipedInto) {
          return response.whenOver().then(finish);
        }
        if (value === undefined) throw neverEnded(functionName);
        return finish({ returned: value });
      });
    },
    async stream(event, context, sink) {
      const response = new InProcessResponse();
      let hasBegun = false;
      response.sink = {
        write(chunk) {
          if (!hasBegun) sink.begin(response.sentValue("content-type") ?? "application/octet-stream");
          hasBegun = true;
          return sink.write(chunk);
        },
      };
      const returned = await handler(event, context, response, new RequestLogger(context.awsRequestId));
      if (returned !== undefined && !response.headersSent) {
        return sendWhole(sink, resultToJson(functionName, returned));
      }
      if (!response.isOver) await response.whenOver();
      // A status of 400 and more is not sent on, so that the invocation can fail of it.
      const { json } = responseResult(response);
      if (!hasBegun) await sendWhole(sink, json);
    },
    toJson: (outcome) =>
      outcome instanceof InProcessResponse
        ? responseResult(outcome).json
        : resultToJson(functionName, outcome.returned),
    toValue: (outcome) =>
      outcome instanceof InProcessResponse ? responseResult(outcome).value : outcome.returned,
  };
}

function neverEnded(functionName: string): DispatchError {
  return new DispatchError("LAC3007", `Function "${functionName}" settled without ending its response`, {
    hint: "Call response.end() before the handler's promise resolves, or return a value; await what ends the response.",
  });
}
