import { groupHeaders } from "../http/exchange.js";
import { reasonPhrase } from "../http/status-codes.js";
import { decodedQuery, sentPath } from "../http/target.js";
import {
  headerFields,
  objectOf,
  optionalString,
  requestBody,
  schemeOf,
  stringListMap,
  valueOf,
  type Fields,
} from "./fields.js";
import type { HttpEventShape } from "./shape.js";
import { singleHeaders } from "./single-headers.js";

/** VPC Lattice target, event structure 2.0, and 1.0 with its names in snake case. */
export const vpcLattice: HttpEventShape = {
  source: "VPC Lattice",

  matches: (event) => isVersion2(event) || isVersion1(event),

  toRequest(event) {
    const headers = headerFields(stringListMap(event, "headers"));
    const path = optionalString(event, isVersion1(event) ? "raw_path" : "path") ?? "/";
    const query = isVersion1(event) ? "query_string_parameters" : "queryStringParameters";
    return {
      method: optionalString(event, "method") ?? "GET",
      scheme: schemeOf(headers),
      host: valueOf(headers, "host") ?? "localhost",
      // The query of structure 1.0 is in the path as well; the parameters hold all of it, decoded.
      path: sentPath(path.split("?", 1)[0]!),
      query: decodedQuery(stringListMap(event, query)),
      headers,
      body: requestBody(event),
      remoteAddress: valueOf(headers, "x-forwarded-for")?.split(",").at(-1)?.trim() || undefined,
    };
  },

  toResult: ({ statusCode, statusMessage, headers, body, isBase64Encoded }) => ({
    statusCode,
    statusDescription: `${statusCode} ${statusMessage || (reasonPhrase(statusCode) ?? "Unknown")}`,
    headers: singleHeaders(groupHeaders(headers)),
    body,
    isBase64Encoded,
  }),
};

function isVersion2(event: Fields): boolean {
  return (
    typeof event["method"] === "string" && typeof objectOf(event, "requestContext")["serviceArn"] === "string"
  );
}

function isVersion1(event: Fields): boolean {
  return typeof event["method"] === "string" && typeof event["raw_path"] === "string";
}
