import { type Fields } from "./fields.js";

/**
 * A Lambda authorizer's event holds the request it is to judge in the gateway's own fields, but wants a policy for an
 * answer and no HTTP response.
 */
export function isAuthorizerEvent(event: Fields): boolean {
  return event["type"] === "REQUEST" && ("methodArn" in event || "routeArn" in event);
}
