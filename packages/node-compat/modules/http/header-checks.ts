import { nodeError } from "../internal/errors.js";

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
// Header injection: CR, LF and the other control characters would start a header or a body of the attacker's choice.
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Names that were found to be tokens: apps set the same few again and again, and the expression costs more than a look. */
const knownNames = new Set<unknown>();

export function isToken(name: string): boolean {
  return TOKEN.test(name);
}

export function hasInvalidCharacter(value: string): boolean {
  return NOT_IN_VALUE.test(value);
}

export function validateHeaderName(name: unknown, label?: string): void {
  if (knownNames.has(name)) return;
  if (typeof name !== "string" || name === "" || !TOKEN.test(name)) {
    throw nodeError(
      TypeError,
      "ERR_INVALID_HTTP_TOKEN",
      `${label || "Header name"} must be a valid HTTP token ["${String(name)}"]`,
    );
  }
  if (knownNames.size < 256) knownNames.add(name);
}

export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined) {
    throw nodeError(
      TypeError,
      "ERR_HTTP_INVALID_HEADER_VALUE",
      `Invalid value "undefined" for header "${name}"`,
    );
  }
  if (typeof value === "number") return;
  if (NOT_IN_VALUE.test(value as string)) throw invalidCharacter("header content", name);
}

export function invalidCharacter(where: string, header?: string): Error {
  const field = header === undefined ? "" : ` ["${header}"]`;
  return nodeError(TypeError, "ERR_INVALID_CHAR", `Invalid character in ${where}${field}`);
}
