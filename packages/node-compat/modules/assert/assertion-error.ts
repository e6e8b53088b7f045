import type { Any } from "../internal/any.js";
import { validateObject } from "../internal/validate.js";
import { inspect } from "../util/inspect.js";
import { differenceMessage, generatedMessage, showsDifference } from "./message.js";

interface Options {
  message?: Any;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
  stackStartFn?: Any;
  /** As older code calls it. */
  stackStartFunction?: Any;
  /** "full" shows all of what is long. */
  diff?: string;
  /** Several failures in one. */
  details?: readonly Any[];
}

export class AssertionError extends Error {
  declare generatedMessage: boolean;
  declare code: "ERR_ASSERTION";
  declare actual: unknown;
  declare expected: unknown;
  declare operator: string | undefined;
  declare diff: string;

  constructor(options: Options) {
    validateObject(options, "options");
    const { message, operator, diff = "simple", details } = options;
    let { actual, expected } = options;
    if (message == null && hasStack(actual) && hasStack(expected)) {
      [actual, expected] = [withoutStack(actual), withoutStack(expected)];
    }
    super(textOf(message, String(operator), actual, expected, diff === "full"));
    this.generatedMessage = !message;
    Object.defineProperty(this, "name", { value: "AssertionError", configurable: true, writable: true });
    this.code = "ERR_ASSERTION";
    Object.assign(this, details ? combined(details) : { actual, expected, operator });
    this.diff = diff;
    Error.captureStackTrace?.(this, options.stackStartFn ?? options.stackStartFunction);
    const { stack } = this;
    if (stack?.startsWith("AssertionError: ")) {
      this.stack = `AssertionError [ERR_ASSERTION]: ${stack.slice("AssertionError: ".length)}`;
    }
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  /** The message shows both values already: here they are short. */
  [inspect.custom](_depth: number, options: Any): string {
    const { actual, expected } = this;
    if (typeof actual === "string") this.actual = shortened(actual);
    if (typeof expected === "string") this.expected = shortened(expected);
    const text = inspect(this, { ...options, customInspect: false, depth: 0 });
    Object.assign(this, { actual, expected });
    return text;
  }
}

function textOf(message: Any, operator: string, actual: unknown, expected: unknown, isFull: boolean): string {
  if (message == null) return generatedMessage(operator, actual, expected, isFull);
  if (showsDifference(operator)) return differenceMessage(operator, actual, expected, message, isFull);
  return String(message);
}

function hasStack(value: Any): value is Error {
  return typeof value === "object" && value !== null && "stack" in value && value instanceof Error;
}

/** Two errors that are made in two places would differ in their stacks. */
function withoutStack(error: Error): Error {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error) as object) as Error, error);
  Object.defineProperty(copy, "message", { value: error.message });
  if (Object.hasOwn(error, "cause")) {
    const { cause } = error;
    const isError = cause instanceof Error;
    Object.defineProperty(copy, "cause", { value: isError ? withoutStack(cause) : cause });
  }
  return copy;
}

function combined(details: readonly Any[]): Any {
  const fields: Any = { actual: undefined, expected: undefined, operator: undefined };
  for (const [index, { message, actual, expected, operator, stack }] of details.entries()) {
    fields[`message ${index}`] = message;
    fields[`actual ${index}`] = actual;
    fields[`expected ${index}`] = expected;
    fields[`operator ${index}`] = operator;
    fields[`stack trace ${index}`] = stack;
  }
  return fields;
}

const MOST_LINES = 10;
const LONGEST = 512;

function shortened(text: string): string {
  const lines = text.split("\n", MOST_LINES + 1);
  if (lines.length > MOST_LINES) return `${lines.slice(0, MOST_LINES).join("\n")}\n...`;
  // As Node cuts it: what follows is kept, not what comes before.
  return text.length > LONGEST ? `${text.slice(LONGEST)}...` : text;
}
