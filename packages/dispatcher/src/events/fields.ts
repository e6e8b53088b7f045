import { DispatchError } from "../errors.js";
import { fromBase64 } from "../http/body.js";
import { BadRequest, type HttpHeader } from "../http/exchange.js";

export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws DispatchError LAC3005 when the field is there and no string */
export function optionalString(event: Fields, name: string): string | undefined {
  const value = event[name];
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw wrongType(name, "a string", value);
}

/** A map of single values; absent is empty. Numbers and booleans, which test events often hold, are taken as text. */
export function stringMap(event: Fields, name: string): [string, string][] {
  return entries(event, name).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[key, scalar(value, `${name}.${key}`)]],
  );
}

/** A map of lists of values, one entry a value; a single value counts as a list of one. */
export function stringListMap(event: Fields, name: string): [string, string][] {
  return entries(event, name).flatMap(([key, value]): [string, string][] =>
    (Array.isArray(value) ? (value as unknown[]) : [value ?? []].flat()).map((one) => [
      key,
      scalar(one, `${name}.${key}`),
    ]),
  );
}

/** Header fields with lower-case names; several `cookie` fields are one, as the wire has it. */
export function headerFields(fields: readonly [string, string][]): HttpHeader[] {
  const headers: HttpHeader[] = [];
  let cookieAt = -1;
  for (const [given, value] of fields) {
    const name = given.toLowerCase();
    if (name !== "cookie") headers.push([name, value]);
    else if (cookieAt < 0) cookieAt = headers.push([name, value]) - 1;
    else headers[cookieAt] = [name, `${headers[cookieAt]![1]}; ${value}`];
  }
  return headers;
}

export function valueOf(headers: readonly HttpHeader[], name: string): string | undefined {
  return headers.find(([field]) => field === name)?.[1];
}

/** The event's `body`, decoded. @throws BadRequest when it claims to be base64 and is not */
export function requestBody(event: Fields): string | Uint8Array | undefined {
  const body = optionalString(event, "body");
  // VPC Lattice's first structure has its names in snake case.
  const isBase64Encoded = event["isBase64Encoded"] ?? event["is_base64_encoded"] ?? false;
  if (typeof isBase64Encoded !== "boolean") throw wrongType("isBase64Encoded", "a boolean", isBase64Encoded);
  // JSON can hold half a surrogate pair, UTF-8 cannot: it becomes U+FFFD, as in any Request.
  if (body === undefined || body === "" || !isBase64Encoded) return body?.toWellFormed();
  const bytes = fromBase64(body);
  if (bytes === undefined) throw new BadRequest("The request body is marked as base64 but is not base64");
  return bytes;
}

export function schemeOf(headers: readonly HttpHeader[]): "http" | "https" {
  return valueOf(headers, "x-forwarded-proto")?.split(",")[0]?.trim() === "http" ? "http" : "https";
}

/** The map of lists holds every value, the single one only the last; test events often have only the latter. */
export function everyValue(event: Fields, lists: string, singles: string): [string, string][] {
  const values = stringListMap(event, lists);
  return values.length > 0 ? values : stringMap(event, singles);
}

/** A request or authorizer context, or another object of the event; absent, or of another type, is empty. */
export function objectOf(event: Fields, name: string): Fields {
  const value = event[name];
  return isObject(value) ? value : {};
}

/** A text that only informs: of another type, it is as if it were absent. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function wrongType(field: string, expected: string, value: unknown): DispatchError {
  const actual =
    value === null ? "null" : Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
  return new DispatchError("LAC3005", `The HTTP event's "${field}" is ${actual}, where ${expected} belongs`, {
    hint: "Compare the event with the sample of its source in the AWS documentation.",
  });
}

function entries(event: Fields, name: string): [string, unknown][] {
  const map = event[name];
  if (map === undefined || map === null) return [];
  if (!isObject(map)) throw wrongType(name, "an object", map);
  return Object.entries(map);
}

function scalar(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw wrongType(field, "a string", value);
}
