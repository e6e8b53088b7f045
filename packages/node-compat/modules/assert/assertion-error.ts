import type { Any } from "../internal/any.js";
import { inspect } from "../util/inspect.js";

interface Details {
  message?: Any;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
  stackStartFn?: Any;
}

const SENTENCES: Readonly<Record<string, string>> = {
  deepStrictEqual: "Expected values to be strictly deep-equal:",
  strictEqual: "Expected values to be strictly equal:",
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: "Expected values to be loosely deep-equal:",
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: "Values identical but not reference-equal:",
};

const shown = (value: unknown): string =>
  inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });

export class AssertionError extends Error {
  readonly generatedMessage: boolean;
  readonly code = "ERR_ASSERTION";
  actual: unknown;
  expected: unknown;
  operator: string;

  constructor(details: Details) {
    const { message, actual, expected, operator = "fail", stackStartFn } = details;
    super(message != null ? String(message) : generatedMessage(operator, actual, expected));
    this.generatedMessage = message == null;
    Object.defineProperty(this, "name", { value: "AssertionError", configurable: true, writable: true });
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Error.captureStackTrace?.(this, stackStartFn);
    const { stack } = this;
    if (stack?.startsWith("AssertionError: ")) {
      this.stack = `AssertionError [ERR_ASSERTION]: ${stack.slice("AssertionError: ".length)}`;
    }
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

function generatedMessage(operator: string, actual: unknown, expected: unknown): string {
  const isObject = typeof actual === "object" && actual !== null;
  if (operator === "deepStrictEqual" || operator === "strictEqual")
    return equalMessage(operator, actual, expected);
  if (operator === "notDeepStrictEqual" || operator === "notStrictEqual") {
    const key = operator === "notStrictEqual" && isObject ? "notStrictEqualObject" : operator;
    const text = shown(actual);
    const lines = text.split("\n");
    if (lines.length === 1) return `${SENTENCES[key]}${text.length > 5 ? "\n\n" : " "}${text}`;
    return `${SENTENCES[key]}\n\n${lines.slice(0, 50).join("\n")}${lines.length > 50 ? "\n..." : ""}\n`;
  }
  const [left, right] = [shown(actual), shown(expected)];
  if (operator === "notDeepEqual" && left === right)
    return `${SENTENCES["notDeepEqual"]}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  if (operator === "deepEqual")
    return `${SENTENCES["deepEqual"]}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  return `${left} ${operator} ${right}`;
}

function equalMessage(operator: string, actual: unknown, expected: unknown): string {
  const [left, right] = [shown(actual), shown(expected)];
  const isReference =
    operator === "strictEqual" &&
    typeof actual === "object" &&
    actual !== null &&
    typeof expected === "object" &&
    expected !== null;
  if (left === right && operator === "strictEqual") return `${SENTENCES["notIdentical"]}\n\n${left}\n`;
  const sentence = SENTENCES[isReference ? "strictEqualObject" : operator];
  const isShort =
    !left.includes("\n") && !right.includes("\n") && (typeof actual !== "object" || actual === null);
  if (isShort && left.length + right.length <= 12 && (actual !== 0 || expected !== 0)) {
    return `${sentence}\n\n${left} !== ${right}\n`;
  }
  return `${sentence}\n+ actual - expected\n\n${difference(left.split("\n"), right.split("\n"))}\n`;
}

/** Lines of both: `+` only in the first, `-` only in the second. */
function difference(left: readonly string[], right: readonly string[]): string {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end++;
  }
  const lines = [
    ...left.slice(0, start).map((line) => `  ${line}`),
    ...left.slice(start, left.length - end).map((line) => `+ ${line}`),
    ...right.slice(start, right.length - end).map((line) => `- ${line}`),
    ...left.slice(left.length - end).map((line) => `  ${line}`),
  ];
  return lines.join("\n");
}
