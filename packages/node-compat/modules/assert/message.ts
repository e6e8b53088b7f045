import { edits, type Edit } from "../util/edits.js";
import { inspect } from "../util/inspect.js";

const SENTENCES: Readonly<Record<string, string>> = {
  deepStrictEqual: "Expected values to be strictly deep-equal:",
  partialDeepStrictEqual: "Expected values to be partially and strictly deep-equal:",
  strictEqual: "Expected values to be strictly equal:",
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: "Expected values to be loosely deep-equal:",
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepEqualUnequal: "Expected values not to be loosely deep-equal:",
  notIdentical: "Values have same structure but are not reference-equal:",
};

/** Two texts that are together no longer than this are shown side by side. */
const SHORT = 12;
/** A place is pointed at when both texts fit in a line of a terminal. */
const TERMINAL = 80;
const MOST_LINES = 50;
/** Of lines that are the same in both, so many are shown before some are left out. */
const MOST_SAME = 5;
const LONG = 512;
const LONGEST = 1024;

/** The operators that show both values even below a message of the caller's. */
export const showsDifference = (operator: string): boolean =>
  operator === "deepStrictEqual" || operator === "strictEqual" || operator === "partialDeepStrictEqual";

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const isReference = (value: unknown): boolean => isObject(value) || typeof value === "function";

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

const cut = (text: string, length: number, isFull: boolean): string =>
  text.length > length && !isFull ? `${text.slice(0, length - 3)}...` : text;

/** What an assertion without a message says. */
export function generatedMessage(
  operator: string,
  actual: unknown,
  expected: unknown,
  isFull: boolean,
): string {
  if (showsDifference(operator)) return differenceMessage(operator, actual, expected, "", isFull);
  if (operator === "notDeepStrictEqual" || operator === "notStrictEqual")
    return unequalMessage(operator, actual, isFull);
  const [left, right] = [shown(actual), shown(expected)];
  if (operator === "notDeepEqual" && left === right)
    return cut(`${SENTENCES["notDeepEqual"]}\n\n${left}`, LONGEST, isFull);
  const [first, second] = [cut(left, LONG, isFull), cut(right, LONG, isFull)];
  if (operator === "deepEqual")
    return `${SENTENCES["deepEqual"]}\n\n${first}\n\nshould loosely deep-equal\n\n${second}`;
  const unequal = SENTENCES[`${operator}Unequal`];
  if (unequal !== undefined) return `${unequal}\n\n${first}\n\nshould not loosely deep-equal\n\n${second}`;
  return `${first} ${operator} ${second}`;
}

function unequalMessage(operator: string, actual: unknown, isFull: boolean): string {
  const isSame = operator === "notStrictEqual" && isReference(actual);
  const sentence = SENTENCES[isSame ? "notStrictEqualObject" : operator];
  const lines = shown(actual).split("\n");
  if (lines.length > MOST_LINES && !isFull) lines.splice(MOST_LINES - 4, Infinity, "...");
  if (lines.length > 1) return `${sentence}\n\n${lines.join("\n")}\n`;
  return `${sentence}${lines[0]!.length > 5 ? "\n\n" : " "}${lines[0]}`;
}

/** Both values under a sentence, which is the operator's unless the caller gave one. */
export function differenceMessage(
  operator: string,
  actual: unknown,
  expected: unknown,
  message: string,
  isFull: boolean,
): string {
  const [left, right] = [shown(actual), shown(expected)];
  const [lines, others] = [left.split("\n"), right.split("\n")];
  const areReferences =
    (isObject(actual) && isObject(expected)) ||
    (typeof actual === "function" && typeof expected === "function");
  const key = operator === "strictEqual" && areReferences ? "strictEqualObject" : operator;
  const sentence = (name: string) => message || SENTENCES[name];
  if (lines.length === 1 && others.length === 1 && !(isObject(actual) && isObject(expected))) {
    return `${sentence(key)}\n${lineMessage(actual, left, expected, right)}\n`;
  }
  if (left === right) {
    const isCut = lines.length > MOST_LINES && !isFull;
    const text = isCut ? `${lines.slice(0, MOST_LINES).join("\n")}\n...}` : left;
    return `${sentence("notIdentical")}\n${isCut ? "\n... Skipped lines" : ""}\n${text}\n`;
  }
  const [text, isCut] = merged(edits(lines, others, isObject(actual) ? joinWithComma : joinSame));
  return `${sentence(key)}\n+ actual - expected${isCut ? "\n... Skipped lines" : ""}\n\n${text}\n`;
}

function lineMessage(actual: unknown, left: string, expected: unknown, right: string): string {
  const quotes = 2 * (Number(typeof actual === "string") + Number(typeof expected === "string"));
  const length = left.length + right.length;
  if (length - quotes <= SHORT && (actual !== 0 || expected !== 0)) return `\n${left} !== ${right}`;
  let place = 0;
  while (place < left.length && left[place] === right[place]) place++;
  // The first letters need no pointing at.
  const isPointed = length <= TERMINAL && place >= 3 && place < left.length;
  return `+ actual - expected\n\n+ ${left}\n- ${right}${isPointed ? `\n${" ".repeat(place + 2)}^` : ""}`;
}

const joinSame = (left: string, right: string) => (left === right ? left : undefined);

/** The last property of an object has no comma after it: that is no difference. */
function joinWithComma(left: string, right: string): string | undefined {
  if (left === right || left === `${right},`) return left;
  return `${left},` === right ? right : undefined;
}

const MARKS = { "-1": "- ", 0: "  ", 1: "+ " };

function merged(all: readonly Edit<string>[]): [text: string, isCut: boolean] {
  const lines: string[] = [];
  let isCut = false;
  for (let index = 0; index < all.length;) {
    const [change] = all[index]!;
    let end = index + 1;
    while (end < all.length && all[end]![0] === change) end++;
    const run = all.slice(index, end).map(([, line]) => MARKS[change] + line);
    index = end;
    const isLast = end === all.length;
    // A "..." in the place of fewer than three lines would save nothing.
    if (change !== 0 || run.length <= MOST_SAME || (!isLast && run.length < MOST_SAME + 3))
      lines.push(...run);
    else {
      lines.push(...run.slice(0, MOST_SAME));
      if (!isLast) lines.push("...", run.at(-1)!);
      isCut ||= !isLast;
    }
  }
  return [lines.join("\n").trimEnd(), isCut];
}
