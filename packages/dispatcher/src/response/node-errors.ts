import { stringify } from "../intrinsics.js";

/**
 * Errors as Node's http module throws them: apps and frameworks match on `code`, and the class decides
 * whether `instanceof TypeError` holds.
 */
function nodeError(Base: ErrorConstructor, code: string, message: string): Error {
  const error = new Base(message) as Error & { code: string };
  error.code = code;
  return error;
}

export const headersSent = (action: string): Error =>
  nodeError(Error, "ERR_HTTP_HEADERS_SENT", `Cannot ${action} headers after they are sent to the client`);

export const invalidStatusCode = (status: unknown): Error =>
  nodeError(
    RangeError,
    "ERR_HTTP_INVALID_STATUS_CODE",
    `Invalid status code: ${typeof status === "object" ? stringify(status) : String(status)}`,
  );

export const writeAfterEnd = (): Error => nodeError(Error, "ERR_STREAM_WRITE_AFTER_END", "write after end");

export const alreadyFinished = (): Error =>
  nodeError(Error, "ERR_STREAM_ALREADY_FINISHED", "Cannot call end after a stream was finished");

export const streamDestroyed = (): Error =>
  nodeError(Error, "ERR_STREAM_DESTROYED", "Cannot call write after a stream was destroyed");

export const destroyedResponse = (): Error =>
  nodeError(Error, "ERR_STREAM_DESTROYED", "The response was destroyed before it was ended");

export const nullValues = (): Error =>
  nodeError(TypeError, "ERR_STREAM_NULL_VALUES", "May not write null values to stream");

export const cannotPipe = (): Error =>
  nodeError(Error, "ERR_STREAM_CANNOT_PIPE", "Cannot pipe, not readable");

export const invalidArgumentType = (name: string, expected: string, value: unknown): Error =>
  nodeError(
    TypeError,
    "ERR_INVALID_ARG_TYPE",
    `The "${name}" argument must be ${expected}. Received ${received(value)}`,
  );

export const invalidHeaders = (): Error =>
  nodeError(
    TypeError,
    "ERR_INVALID_ARG_VALUE",
    "The argument 'headers' is invalid: names and values must come in pairs",
  );

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
// Header injection: CR, LF and the other control characters would start a header or a body of the attacker's choice.
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Names that were found valid, in lower case: an app uses few, and a look-up costs a tenth of the regular expression. */
const validNames = new Map<unknown, string>();
/** Values, for the same reason: most headers always have the same. */
const validValues = new Set<unknown>();
const MOST_KEPT = 200;

/** The name in lower case, as headers are compared. */
export function validHeaderName(name: unknown): string {
  const known = validNames.get(name);
  if (known !== undefined) return known;
  if (typeof name !== "string" || !TOKEN.test(name)) {
    throw nodeError(
      TypeError,
      "ERR_INVALID_HTTP_TOKEN",
      `Header name must be a valid HTTP token ["${String(name)}"]`,
    );
  }
  const key = name.toLowerCase();
  if (validNames.size < MOST_KEPT) validNames.set(name, key);
  return key;
}

export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined) {
    throw nodeError(
      TypeError,
      "ERR_HTTP_INVALID_HEADER_VALUE",
      `Invalid value "undefined" for header "${name}"`,
    );
  }
  if (validValues.has(value)) return;
  if (NOT_IN_VALUE.test(String(value))) throw invalidCharacter("header content", name);
  if (typeof value === "string" && validValues.size < MOST_KEPT && value.length < 100) validValues.add(value);
}

export function validateStatusMessage(message: string): void {
  if (NOT_IN_VALUE.test(message)) throw invalidCharacter("statusMessage");
}

export function validateString(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string") throw invalidArgumentType(name, "of type string", value);
}

function invalidCharacter(where: string, header?: string): Error {
  const field = header === undefined ? "" : ` ["${header}"]`;
  return nodeError(TypeError, "ERR_INVALID_CHAR", `Invalid character in ${where}${field}`);
}

function received(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value === "object") return `an instance of ${value.constructor?.name ?? "Object"}`;
  return `type ${typeof value} (${typeof value === "string" ? `'${value}'` : String(value)})`;
}
