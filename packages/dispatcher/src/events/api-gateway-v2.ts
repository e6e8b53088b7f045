import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { groupHeaders, type HttpHeader } from "../http/exchange.js";
import { decodedPath, decodedQuery, sentPath, sentQuery } from "../http/target.js";
import { isAuthorizerEvent } from "./authorizer.js";
import {
  headerFields,
  isObject,
  objectOf,
  optionalString,
  requestBody,
  schemeOf,
  stringMap,
  textOf,
  valueOf,
  wrongType,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";
import { withoutStage } from "./stage.js";

/** API Gateway HTTP API, payload 2.0, and Lambda Function URLs, which use the same shape. */
export const apiGatewayV2: HttpEventShape = {
  source: "API Gateway HTTP API (2.0) or Function URL",

  matches: (event) => isObject(objectOf(event, "requestContext")["http"]) && !isAuthorizerEvent(event),

  toRequest(event) {
    const context = objectOf(event, "requestContext");
    const http = objectOf(context, "http");
    const headers = headersOf(event);
    return {
      method: optionalString(http, "method") ?? "GET",
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? textOf(context, "domainName") ?? "localhost",
      path: pathOf(event, context, http),
      query: queryOf(event),
      headers,
      body: requestBody(event),
      remoteAddress: textOf(http, "sourceIp"),
    };
  },

  toResult({ statusCode, headers, body, isBase64Encoded }): APIGatewayProxyStructuredResultV2 {
    const grouped = groupHeaders(headers);
    const cookies = grouped.get("set-cookie");
    grouped.delete("set-cookie");
    const single = Object.fromEntries(Array.from(grouped, ([name, values]) => [name, values.join(", ")]));
    return { statusCode, headers: single, ...(cookies && { cookies }), body, isBase64Encoded };
  },
};

/** The gateway takes cookies out of the headers; apps look for them there. */
function headersOf(event: Fields): HttpHeader[] {
  const headers = headerFields(stringMap(event, "headers"));
  const cookies = event["cookies"];
  if (cookies === undefined || cookies === null) return headers;
  if (!Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === "string")) {
    throw wrongType("cookies", "an array of strings", cookies);
  }
  if (cookies.length === 0) return headers;
  return [...headers.filter(([name]) => name !== "cookie"), ["cookie", cookies.join("; ")]];
}

/** The gateway decodes `rawPath` in spite of its name; a Function URL does not, and has no stage. */
function pathOf(event: Fields, context: Fields, http: Fields): string {
  const path = optionalString(event, "rawPath") ?? optionalString(http, "path") ?? "/";
  const isUrl = textOf(context, "domainName")?.includes(".lambda-url.");
  return isUrl ? sentPath(path) : withoutStage(decodedPath(path), context);
}

/** Both hand the query on as it came. Test events may have the decoded one alone. */
function queryOf(event: Fields): string {
  const query = optionalString(event, "rawQueryString");
  return query === undefined ? decodedQuery(stringMap(event, "queryStringParameters")) : sentQuery(query);
}
