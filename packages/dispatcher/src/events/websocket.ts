import type { APIGatewayProxyResult } from "aws-lambda";
import { groupHeaders, type HttpHeader } from "../http/exchange.js";
import { decodedQuery, sentPath } from "../http/target.js";
import { listedHeaders } from "./api-gateway-v1.js";
import { isAuthorizerEvent } from "./authorizer.js";
import { everyValue, headerFields, objectOf, requestBody, textOf, valueOf, type Fields } from "./fields.js";
import type { HttpEventShape } from "./shape.js";

/**
 * API Gateway WebSocket API. An app serves its routes by their keys: `GET /$connect`, whose status accepts or refuses the
 * connection; `POST /$disconnect`; and for each message `POST /$default` or `POST /<route key>`, whose body goes back
 * to the client when the route has a response. The connection's id is in the request context.
 */
export const webSocket: HttpEventShape = {
  source: "API Gateway WebSocket API",

  matches: (event) =>
    typeof objectOf(event, "requestContext")["connectionId"] === "string" &&
    typeof objectOf(event, "requestContext")["routeKey"] === "string" &&
    !isAuthorizerEvent(event),

  toRequest(event) {
    const context = objectOf(event, "requestContext");
    const headers = headerFields(everyValue(event, "multiValueHeaders", "headers"));
    return {
      method: context["eventType"] === "CONNECT" ? "GET" : "POST",
      scheme: "https",
      host: valueOf(headers, "host") ?? textOf(context, "domainName") ?? "localhost",
      path: sentPath(context["routeKey"] as string),
      query: decodedQuery(everyValue(event, "multiValueQueryStringParameters", "queryStringParameters")),
      headers: [...headers, ...typeOf(event)],
      body: requestBody(event),
      remoteAddress: textOf(objectOf(context, "identity"), "sourceIp"),
    };
  },

  toResult: ({ statusCode, headers, body, isBase64Encoded }): APIGatewayProxyResult => ({
    statusCode,
    ...listedHeaders(groupHeaders(headers)),
    body,
    isBase64Encoded,
  }),
};

/** Messages have no headers, but body parsers go by a type: a binary frame, JSON as far as one can see, or text. */
function typeOf(event: Fields): HttpHeader[] {
  const body = textOf(event, "body");
  if (body === undefined) return [];
  const isBinary = event["isBase64Encoded"] === true;
  const isJson = /^\s*[[{"]/.test(body);
  const type = isBinary
    ? "application/octet-stream"
    : isJson
      ? "application/json"
      : "text/plain;charset=UTF-8";
  return [["content-type", type]];
}
