import type { Any } from "./any.js";

type ErrorClass = new (message: string, options?: ErrorOptions) => Error;
type CodedError = Error & { code: string };

/** An error as Node makes its own: `code`, and `TypeError [ERR_X]: message` in its stack and as text. */
export function nodeError(Base: ErrorClass, code: string, message: string, fields?: object): CodedError {
  const error = new Base(message) as CodedError;
  const { name } = error;
  if (typeof error.stack === "string" && error.stack.startsWith(`${name}: `)) {
    const stack = `${name} [${code}]${error.stack.slice(name.length)}`;
    Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
  }
  Object.defineProperty(error, "toString", {
    value: toText,
    enumerable: false,
    writable: true,
    configurable: true,
  });
  error.code = code;
  if (fields !== undefined) Object.assign(error, fields);
  return error;
}

function toText(this: CodedError): string {
  return `${this.name} [${this.code}]: ${this.message}`;
}

const KINDS = ["string", "function", "number", "object", "Function", "Object", "boolean", "bigint", "symbol"];

export function invalidArgType(
  name: string,
  expected: string | readonly string[],
  actual: unknown,
): CodedError {
  return nodeError(TypeError, "ERR_INVALID_ARG_TYPE", argTypeMessage(name, expected, actual));
}

function argTypeMessage(name: string, expected: string | readonly string[], actual: unknown): string {
  const all = typeof expected === "string" ? [expected] : expected;
  const what = name.endsWith(" argument")
    ? `The ${name}`
    : `The "${name}" ${name.includes(".") ? "property" : "argument"}`;
  const types: string[] = [];
  const instances: string[] = [];
  const others: string[] = [];
  for (const value of all) {
    if (KINDS.includes(value)) types.push(value.toLowerCase());
    else if (/^([A-Z][a-z0-9]*)+$/.test(value)) instances.push(value);
    else others.push(value);
  }
  // An object and an instance of a class: the class says it all, and Node lists "Object" among the instances.
  const object = instances.length > 0 ? types.indexOf("object") : -1;
  if (object >= 0) {
    types.splice(object, 1);
    instances.push("Object");
  }
  const parts: string[] = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? "one of type" : "of type"} ${either(types)}`);
  if (instances.length > 0) parts.push(`an instance of ${either(instances)}`);
  if (others.length > 1) parts.push(`one of ${either(others)}`);
  else if (others.length === 1) {
    parts.push(others[0]!.toLowerCase() !== others[0] ? `an ${others[0]}` : others[0]!);
  }
  return `${what} must be ${parts.join(" or ")}. Received ${received(actual)}`;
}

function either(words: readonly string[]): string {
  if (words.length < 3) return words.join(" or ");
  return `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
}

/** What was received, in the words of Node's messages. */
export function received(value: Any): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value === "object") {
    return value.constructor?.name ? `an instance of ${value.constructor.name}` : shortInspect(value);
  }
  let text = shortInspect(value);
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return `type ${typeof value} (${text})`;
}

const ESCAPED =
  /[\0-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SHORT: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "\\": "\\\\",
};

function escape(letter: string): string {
  const code = letter.charCodeAt(0).toString(16).toUpperCase();
  return SHORT[letter] ?? (code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`);
}

/** Enough of util.inspect for a message; the whole of it would be loaded into every app for the sake of a mistake. */
function shortInspect(value: Any): string {
  if (typeof value === "string") {
    const quote = !value.includes("'") ? "'" : !value.includes('"') ? '"' : !value.includes("`") ? "`" : "'";
    const escaped = value.replace(ESCAPED, escape);
    return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
  }
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object") return value === null ? "null" : "[Object: null prototype] {}";
  if (Object.is(value, -0)) return "-0";
  return String(value);
}

export function invalidArgValue(name: string, value: unknown, reason = "is invalid"): CodedError {
  let text = Array.isArray(value) ? `[ ${value.map(shortInspect).join(", ")} ]` : shortInspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  const kind = name.includes(".") ? "property" : "argument";
  return nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The ${kind} '${name}' ${reason}. Received ${text}`);
}

export function outOfRange(name: string, range: string, value: unknown): CodedError {
  let text = typeof value === "number" || typeof value === "bigint" ? String(value) : shortInspect(value);
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) > 2 ** 32) text = grouped(text);
  else if (typeof value === "bigint") {
    if (value > 2n ** 32n || value < -(2n ** 32n)) text = grouped(text);
    text += "n";
  }
  return nodeError(
    RangeError,
    "ERR_OUT_OF_RANGE",
    `The value of "${name}" is out of range. It must be ${range}. Received ${text}`,
  );
}

/** 1234567 -> 1_234_567 */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}

export function missingArgs(...names: string[]): CodedError {
  const quoted = names.map((name) => `"${name}"`);
  const list =
    quoted.length === 1 ? `${quoted[0]} argument` : `${either(quoted).replace(" or ", " and ")} arguments`;
  return nodeError(TypeError, "ERR_MISSING_ARGS", `The ${list.replace(", or ", ", and ")} must be specified`);
}

export function unknownEncoding(encoding: unknown): CodedError {
  return nodeError(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${String(encoding)}`);
}

/** A method or an accessor was called on something else than an instance of its class. */
export function invalidThis(type: string): CodedError {
  return nodeError(TypeError, "ERR_INVALID_THIS", `Value of "this" must be of type ${type}`);
}

export function methodNotImplemented(name: string): CodedError {
  return nodeError(Error, "ERR_METHOD_NOT_IMPLEMENTED", `The ${name} method is not implemented`);
}

/** What a built-in cannot do in the library, thrown where an app would use it. */
export function unsupported(what: string, reason: string): CodedError {
  return nodeError(
    Error,
    "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM",
    `${what} is not available in the library: ${reason}`,
  );
}

export class AbortError extends Error {
  override readonly name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor(message = "The operation was aborted", options?: ErrorOptions) {
    super(message, options);
  }
}
