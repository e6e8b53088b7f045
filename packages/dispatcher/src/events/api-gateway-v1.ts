import type { APIGatewayProxyResult } from "aws-lambda";
import { groupHeaders } from "../http/exchange.js";
import {
  isObject,
  literalPath,
  lowerCaseNames,
  optionalString,
  requestBody,
  schemeOf,
  stringListMap,
  stringMap,
  valueOf,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";

/** API Gateway REST API, and HTTP API with payload 1.0. */
export const apiGatewayV1: HttpEventShape = {
  source: "API Gateway REST API (1.0)",

  matches: (event) => typeof event["httpMethod"] === "string" && typeof event["path"] === "string",

  toRequest(event) {
    const context = isObject(event["requestContext"]) ? event["requestContext"] : {};
    const headers = lowerCaseNames(either(event, "multiValueHeaders", "headers"));
    return {
      method: event["httpMethod"] as string,
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? optionalString(context, "domainName") ?? "localhost",
      path: literalPath(event["path"] as string),
      // This source decodes names and values, so they are encoded again.
      query: either(event, "multiValueQueryStringParameters", "queryStringParameters")
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join("&"),
      headers,
      body: requestBody(event),
    };
  },

  toResult({ statusCode, headers, body, isBase64Encoded }): APIGatewayProxyResult {
    const grouped = [...groupHeaders(headers)];
    return {
      statusCode,
      headers: Object.fromEntries(
        grouped.flatMap(([name, [first, ...others]]) => (others.length === 0 ? [[name, first!]] : [])),
      ),
      multiValueHeaders: Object.fromEntries(grouped.filter(([, values]) => values.length > 1)),
      body,
      isBase64Encoded,
    };
  },
};

/** The map of lists holds every value, the single one only the last; test events often have only the latter. */
function either(event: Fields, lists: string, singles: string): [string, string][] {
  return event[lists] ? stringListMap(event, lists) : stringMap(event, singles);
}
