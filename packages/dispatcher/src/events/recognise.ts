import { alb } from "./alb.js";
import { apiGatewayV1 } from "./api-gateway-v1.js";
import { apiGatewayV2 } from "./api-gateway-v2.js";
import { isObject } from "./fields.js";
import { EVENT_PATH, otherEvent } from "./other.js";
import type { HttpEvent, HttpEventShape } from "./shape.js";
import { vpcLattice } from "./vpc-lattice.js";
import { webSocket } from "./websocket.js";

/** The load balancer comes before REST: its events too have `httpMethod` and `path`. */
const shapes = (): readonly HttpEventShape[] => [apiGatewayV2, alb, apiGatewayV1, webSocket, vpcLattice];

/** What to do with an event that an HTTP app is to serve. No event is an error by its shape. */
export function recognise(functionName: string, event: unknown, eventPath = EVENT_PATH): HttpEvent {
  if (isObject(event)) {
    for (const shape of shapes()) {
      if (!shape.matches(event)) continue;
      return {
        toRequest: () => shape.toRequest(event),
        toResult: (response) => shape.toResult(response, event),
      };
    }
  }
  return otherEvent(functionName, event, eventPath);
}
