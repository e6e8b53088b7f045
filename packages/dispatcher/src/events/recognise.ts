import { DispatchError } from "../errors.js";
import { alb } from "./alb.js";
import { apiGatewayV1 } from "./api-gateway-v1.js";
import { apiGatewayV2 } from "./api-gateway-v2.js";
import { isObject, type Fields } from "./fields.js";
import type { HttpEventShape } from "./shape.js";

/** The load balancer comes before REST: its events too have `httpMethod` and `path`. */
const shapes = (): readonly HttpEventShape[] => [apiGatewayV2, alb, apiGatewayV1];

/** @throws DispatchError LAC3004 naming the function and what was received */
export function recognise(functionName: string, event: unknown): { shape: HttpEventShape; event: Fields } {
  if (isObject(event)) {
    for (const shape of shapes()) if (shape.matches(event)) return { shape, event };
  }
  throw new DispatchError(
    "LAC3004",
    `HTTP function "${functionName}" received an event of no HTTP shape: ${summary(event)}`,
    {
      hint:
        `Send it an event of ${shapes()
          .map((shape) => shape.source)
          .join(", ")}; ` + "events of other sources go to a function registered with lambda().",
    },
  );
}

function summary(event: unknown): string {
  if (event === null) return "null";
  if (Array.isArray(event)) return `an array of ${event.length}`;
  if (typeof event !== "object") return `a ${typeof event}`;
  const keys = Object.keys(event);
  const shown = keys.slice(0, 8).join(", ") + (keys.length > 8 ? ", ..." : "");
  return keys.length === 0 ? "an empty object" : `an object with ${shown}`;
}
