import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { groupHeaders, type HttpHeader } from "../http/exchange.js";
import {
  isObject,
  literalPath,
  lowerCaseNames,
  optionalString,
  requestBody,
  schemeOf,
  stringMap,
  valueOf,
  wrongType,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";

/** API Gateway HTTP API, payload 2.0, and Lambda Function URLs, which use the same shape. */
export const apiGatewayV2: HttpEventShape = {
  source: "API Gateway HTTP API (2.0) or Function URL",

  matches: (event) => isObject(event["requestContext"]) && isObject(event["requestContext"]["http"]),

  toRequest(event) {
    const context = event["requestContext"] as Fields;
    const http = context["http"] as Fields;
    const headers = headersOf(event);
    return {
      method: optionalString(http, "method") ?? "GET",
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? optionalString(context, "domainName") ?? "localhost",
      path: withoutStage(
        literalPath(optionalString(event, "rawPath") ?? optionalString(http, "path") ?? "/"),
        context,
      ),
      query: optionalString(event, "rawQueryString") ?? "",
      headers,
      body: requestBody(event),
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
  const headers = lowerCaseNames(stringMap(event, "headers"));
  const cookies = event["cookies"];
  if (cookies === undefined || cookies === null) return headers;
  if (!Array.isArray(cookies) || !cookies.every((cookie) => typeof cookie === "string")) {
    throw wrongType("cookies", "an array of strings", cookies);
  }
  if (cookies.length === 0) return headers;
  return [...headers.filter(([name]) => name !== "cookie"), ["cookie", cookies.join("; ")]];
}

/**
 * `/prod/items` -> `/items`: on the gateway's own domain the path of a named stage begins with its name. On a custom
 * domain it does not, and a path that does is the app's own.
 */
function withoutStage(path: string, context: Fields): string {
  const { stage, domainName } = context;
  if (typeof stage !== "string" || stage === "$default") return path;
  if (typeof domainName === "string" && !domainName.includes(".execute-api.")) return path;
  if (path === `/${stage}`) return "/";
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}
