import type { Any } from "../internal/any.js";
import { areEntriesAlike, areMembersAlike } from "./deep-equal/collections.js";
import { areElementsAlike } from "./deep-equal/elements.js";
import { areInnardsAlike } from "./deep-equal/innards.js";
import { areKeysAlike } from "./deep-equal/keys.js";
import { isMap, isSet } from "./kinds.js";

/**
 * How assert compares: `loose` as `==` does, `strict` as `Object.is` does and with the classes, `partial` as strictly,
 * but without the classes and with what the expected value does not mention left aside.
 */
export type Mode = "loose" | "strict" | "partial";

/** Whether two values are alike as Node's assert means it. */
export function isDeepEqual(actual: unknown, expected: unknown, mode: Mode): boolean {
  return new Comparison(mode).areAlike(actual, expected);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** One comparison, which knows what it is in the middle of. */
export class Comparison {
  /** The objects that are being compared: a cycle is alike when both sides come back to some of them. */
  private readonly underWay = new Set<object>();

  constructor(readonly mode: Mode) {}

  areAlike(actual: Any, expected: Any): boolean {
    if (actual === expected) return actual !== 0 || this.mode === "loose" || Object.is(actual, expected);
    const objects = Number(isObject(actual)) + Number(isObject(expected));
    if (objects === 2) return this.areObjectsAlike(actual, expected);
    const areBothNaN = actual !== actual && expected !== expected;
    return objects === 0 && (areBothNaN || (this.mode === "loose" && actual == expected));
  }

  private areObjectsAlike(actual: Any, expected: Any): boolean {
    if (this.mode === "strict" && !isOfSameClass(actual, expected)) return false;
    const tag = Object.prototype.toString.call(actual);
    if (tag !== Object.prototype.toString.call(expected)) return false;
    if (this.underWay.has(actual) && this.underWay.has(expected)) return true;
    const entered = [actual, expected].filter((object) => !this.underWay.has(object));
    for (const object of entered) this.underWay.add(object);
    const isAlike = this.areContentsAlike(actual, expected, tag);
    for (const object of entered) this.underWay.delete(object);
    return isAlike;
  }

  private areContentsAlike(actual: Any, expected: Any, tag: string): boolean {
    if (Array.isArray(actual)) {
      return (
        Array.isArray(expected) &&
        this.isSizeRight(actual.length, expected.length) &&
        areKeysAlike(actual, expected, this) &&
        areElementsAlike(actual, expected, this)
      );
    }
    if (tag === "[object Object]") return areKeysAlike(actual, expected, this);
    if (!areInnardsAlike(actual, expected, tag, this) || !areKeysAlike(actual, expected, this)) return false;
    if (isSet(actual)) return areMembersAlike(actual, expected, this);
    return !isMap(actual) || areEntriesAlike(actual, expected, this);
  }

  isSizeRight(actual: number, expected: number): boolean {
    return this.mode === "partial" ? actual >= expected : actual === expected;
  }
}

/**
 * Those that an object's own property "constructor" can name without making it an object of a class of its own.
 * Not Function: what names it could make code of text, and a library with such code holds the whole engine.
 */
const BASIC: readonly unknown[] = [
  ...[Object, Array, Error, Map, Set, Date, RegExp, Promise],
  ...[String, Number, Boolean, Symbol, BigInt],
];

/** A class is known by its constructor, so that copies of one prototype are alike. */
function isOfSameClass(actual: Any, expected: Any): boolean {
  const { constructor } = actual;
  const isInherited = constructor !== undefined && !Object.hasOwn(actual, "constructor");
  if (isInherited || BASIC.includes(constructor)) return constructor === expected.constructor;
  return Object.getPrototypeOf(actual) === Object.getPrototypeOf(expected);
}
