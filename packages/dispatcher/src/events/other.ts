import { DispatchError } from "../errors.js";
import { isJsonType } from "../http/body.js";
import type { HttpResponse } from "../http/exchange.js";
import type { HttpEvent } from "./shape.js";
import { parse, stringify } from "../intrinsics.js";

/** Where an app finds events that are no HTTP requests: the path that AWS's Lambda Web Adapter uses too. */
export const EVENT_PATH = "/events";

/**
 * An event of a queue, a bucket, a schedule or of nobody's making, sent to an HTTP app: `POST /events` with the event as
 * JSON. The body of the answer is the function's result; a status of 400 or above fails the invocation, so that Lambda
 * tries again or keeps the event.
 */
export function otherEvent(functionName: string, event: unknown, path: string): HttpEvent {
  return {
    toRequest: () => ({
      method: "POST",
      scheme: "https",
      host: "localhost",
      path,
      query: "",
      headers: [["content-type", "application/json"]],
      body: stringify(event),
    }),

    toResult(response) {
      if (response.statusCode >= 400) throw refused(functionName, event, path, response);
      if (response.body === "") return null;
      const type = response.headers.find(([name]) => name === "content-type")?.[1];
      return type !== undefined && isJsonType(type) && !response.isBase64Encoded
        ? parsed(response.body)
        : response.body;
    },
  };
}

function parsed(body: string): unknown {
  try {
    return parse(body);
  } catch {
    return body; // Not JSON whatever its header says: delivered as text rather than lost.
  }
}

function refused(
  functionName: string,
  event: unknown,
  path: string,
  { statusCode, body }: HttpResponse,
): DispatchError {
  const answer = body === "" ? "" : `: ${body.slice(0, 200)}`;
  return new DispatchError(
    "LAC3004",
    `HTTP function "${functionName}" received an event of no HTTP shape: ${summary(event)}. ` +
      `Its app was asked POST ${path} and answered ${statusCode}${answer}`,
    {
      hint: `Give the app a route POST ${path}, or send such events to a function registered with lambda().`,
    },
  );
}

function summary(event: unknown): string {
  if (event === null) return "null";
  if (Array.isArray(event)) return `an array of ${event.length}`;
  if (typeof event !== "object") return `a ${typeof event}`;
  const keys = Object.keys(event as object);
  const shown = keys.slice(0, 8).join(", ") + (keys.length > 8 ? ", ..." : "");
  return keys.length === 0 ? "an empty object" : `an object with ${shown}`;
}
