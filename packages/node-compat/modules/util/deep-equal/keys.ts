import type { Any } from "../../internal/any.js";
import type { Comparison } from "../deep-equal.js";

/** Whether the enumerable properties are alike, those that are elements of an array or a view aside. */
export function areKeysAlike(actual: Any, expected: Any, comparison: Comparison): boolean {
  const keys = comparedKeys(expected, comparison);
  if (comparison.mode !== "partial" && comparedKeys(actual, comparison).length !== keys.length) return false;
  return keys.every((key) => isEnumerable(actual, key) && comparison.areAlike(actual[key], expected[key]));
}

function comparedKeys(object: Any, { mode }: Comparison): (string | symbol)[] {
  let keys: (string | symbol)[] = Object.keys(object);
  if (Array.isArray(object) || ArrayBuffer.isView(object)) keys = keys.slice(countIndexes(keys as string[]));
  if (mode === "loose") return keys;
  const symbols = Object.getOwnPropertySymbols(object);
  return symbols.length === 0 ? keys : keys.concat(symbols.filter((symbol) => isEnumerable(object, symbol)));
}

/** Own keys begin with the indexes, of which there may be millions. */
export function countIndexes(keys: readonly string[]): number {
  let count = keys.length;
  while (count > 0 && !isIndex(keys[count - 1]!)) count--;
  return count;
}

function isIndex(key: string): boolean {
  const number = Number(key) >>> 0;
  return String(number) === key && number !== 0xffffffff;
}

export const isEnumerable = (object: object, key: string | symbol): boolean =>
  Object.prototype.propertyIsEnumerable.call(object, key);
