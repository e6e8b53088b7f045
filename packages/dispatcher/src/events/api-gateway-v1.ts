import type { APIGatewayProxyResult } from "aws-lambda";
import { groupHeaders } from "../http/exchange.js";
import { decodedPath, decodedQuery, sentPath } from "../http/target.js";
import { isAuthorizerEvent } from "./authorizer.js";
import {
  everyValue,
  headerFields,
  objectOf,
  requestBody,
  schemeOf,
  textOf,
  valueOf,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";
import { withoutStage } from "./stage.js";

/** API Gateway REST API, and HTTP API with payload 1.0. */
export const apiGatewayV1: HttpEventShape = {
  source: "API Gateway REST API (1.0)",

  matches: (event) =>
    typeof event["httpMethod"] === "string" && typeof event["path"] === "string" && !isAuthorizerEvent(event),

  toRequest(event) {
    const context = objectOf(event, "requestContext");
    const headers = headerFields(everyValue(event, "multiValueHeaders", "headers"));
    return {
      method: event["httpMethod"] as string,
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? textOf(context, "domainName") ?? "localhost",
      path: pathOf(event, context),
      query: decodedQuery(everyValue(event, "multiValueQueryStringParameters", "queryStringParameters")),
      headers,
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

/** Headers as payload 1.0 takes them: those with one value, and those with several. */
export function listedHeaders(
  grouped: Map<string, string[]>,
): Required<Pick<APIGatewayProxyResult, "headers" | "multiValueHeaders">> {
  const fields = [...grouped];
  return {
    headers: Object.fromEntries(
      fields.flatMap(([name, [first, ...others]]) => (others.length === 0 ? [[name, first!]] : [])),
    ),
    multiValueHeaders: Object.fromEntries(fields.filter(([, values]) => values.length > 1)),
  };
}

/** REST APIs hand the path on as it came and without its stage; HTTP APIs decode it and keep the stage. */
function pathOf(event: Fields, context: Fields): string {
  const path = event["path"] as string;
  if (event["version"] === "1.0") return withoutStage(decodedPath(path), context);
  // A REST API's context has the stage before this path. Where both are equal, the event is an emulator's.
  return path === context["path"] ? withoutStage(sentPath(path), context) : sentPath(path);
}
