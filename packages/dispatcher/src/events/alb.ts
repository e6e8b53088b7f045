import type { ALBResult } from "aws-lambda";
import { groupHeaders } from "../http/exchange.js";
import { reasonPhrase } from "../http/status-codes.js";
import { sentPath, sentQuery } from "../http/target.js";
import {
  headerFields,
  isObject,
  objectOf,
  optionalString,
  requestBody,
  schemeOf,
  stringListMap,
  stringMap,
  valueOf,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";
import { singleHeaders } from "./single-headers.js";

/** Application Load Balancer target, with and without "multi value headers" on its target group. */
export const alb: HttpEventShape = {
  source: "Application Load Balancer",

  matches: (event) => isObject(objectOf(event, "requestContext")["elb"]),

  toRequest(event) {
    const isMulti = hasLists(event);
    const headers = headerFields(
      isMulti ? stringListMap(event, "multiValueHeaders") : stringMap(event, "headers"),
    );
    const query = isMulti
      ? stringListMap(event, "multiValueQueryStringParameters")
      : stringMap(event, "queryStringParameters");
    return {
      method: optionalString(event, "httpMethod") ?? "GET",
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? "localhost",
      path: sentPath(optionalString(event, "path") ?? "/"),
      // Unlike API Gateway, this source hands the query on as it came: still encoded.
      query: sentQuery(query.map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join("&")),
      headers,
      body: requestBody(event),
      // The balancer appends the address it sees; what stands before it, anybody may have sent.
      remoteAddress: valueOf(headers, "x-forwarded-for")?.split(",").at(-1)?.trim() || undefined,
    };
  },

  toResult({ statusCode, statusMessage, headers, body, isBase64Encoded }, event): ALBResult {
    const statusDescription = `${statusCode} ${statusMessage || (reasonPhrase(statusCode) ?? "Unknown")}`;
    const grouped = groupHeaders(headers);
    const result = { statusCode, statusDescription, body, isBase64Encoded };
    return hasLists(event)
      ? { ...result, multiValueHeaders: Object.fromEntries(grouped) }
      : { ...result, headers: singleHeaders(grouped) };
  },
};

function hasLists(event: Fields): boolean {
  return event["multiValueHeaders"] !== undefined && event["multiValueHeaders"] !== null;
}
