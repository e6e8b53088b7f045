import type { Any } from "../../internal/any.js";
import type { Comparison } from "../deep-equal.js";
import { countIndexes } from "./keys.js";

/** Whether the elements of two arrays are alike; a hole is not the same as `undefined`. */
export function areElementsAlike(actual: Any[], expected: Any[], comparison: Comparison): boolean {
  if (comparison.mode === "partial") {
    return isSubsequence(present(actual), present(expected), (one, other) => comparison.areAlike(one, other));
  }
  for (let index = 0; index < expected.length; index++) {
    // What is left may be nothing but holes, millions of them.
    if (!Object.hasOwn(expected, index)) return areSparseAlike(actual, expected, index, comparison);
    if (!isElementAlike(actual, expected, index, comparison)) return false;
  }
  return true;
}

/** Of elements, `null` and `undefined` are not even loosely alike. */
function isElementAlike(actual: Any[], expected: Any[], index: number, comparison: Comparison): boolean {
  if (!Object.hasOwn(actual, index)) return false;
  const [one, other] = [actual[index], expected[index]];
  return (one === undefined) === (other === undefined) && comparison.areAlike(one, other);
}

function areSparseAlike(actual: Any[], expected: Any[], start: number, comparison: Comparison): boolean {
  const keys = Object.keys(expected);
  if (Object.keys(actual).length !== keys.length) return false;
  return keys
    .slice(start, countIndexes(keys))
    .every((key) => Object.hasOwn(actual, key) && comparison.areAlike(actual[+key], expected[+key]));
}

/** The elements without the holes. */
function present(array: Any[]): Any[] {
  const keys = Object.keys(array);
  const count = countIndexes(keys);
  return count === array.length ? array : keys.slice(0, count).map((key) => array[+key]);
}

/** Whether the second list's items are all among the first's, in their order. */
export function isSubsequence<T>(
  all: ArrayLike<T>,
  some: ArrayLike<T>,
  fits: (one: T, other: T) => boolean,
): boolean {
  let next = 0;
  for (let index = 0; index < some.length; index++) {
    while (next < all.length && !fits(all[next]!, some[index]!)) next++;
    if (next++ >= all.length) return false;
  }
  return true;
}
