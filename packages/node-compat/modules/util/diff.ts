import { validateString } from "../internal/validate.js";
import { edits, type Edit } from "./edits.js";

/** Parts of two texts or lists: `[0, x]` in both, `[1, x]` only in the first, `[-1, x]` only in the second. */
export function diff(actual: string | string[], expected: string | string[]): Edit<string>[] {
  if (actual === expected) return [];
  validateTexts(actual, "actual");
  validateTexts(expected, "expected");
  return edits(actual, expected, (left, right) => (left === right ? left : undefined));
}

function validateTexts(value: string | string[], name: string): void {
  if (!Array.isArray(value)) validateString(value, name);
  else for (const [index, text] of value.entries()) validateString(text, `${name}[${index}]`);
}
