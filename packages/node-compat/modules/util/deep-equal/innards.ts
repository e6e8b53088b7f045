import { compareBytes } from "laconic:node";
import { MATERIAL } from "../../crypto/material-key.js";
import type { Any } from "../../internal/any.js";
import type { Comparison } from "../deep-equal.js";
import * as kinds from "../kinds.js";
import { isSubsequence } from "./elements.js";
import { isEnumerable } from "./keys.js";

type Compare = (actual: Any, expected: Any, comparison: Comparison) => boolean;

const isError = (value: unknown): boolean => kinds.isNativeError(value) || value instanceof Error;
const isURL = (value: Any): boolean =>
  Boolean(value.href && value.protocol) && value.auth === undefined && value.path === undefined;

interface Kind {
  /** The tag of nearly all objects of the kind, where they share one. */
  readonly tag?: string;
  readonly is: (value: Any) => boolean;
  readonly areAlike: Compare;
}

/** What objects of the language hold beside their properties. */
const LANGUAGE: readonly Kind[] = [
  { is: kinds.isArrayBufferView, areAlike: areViewsAlike },
  { tag: "[object Error]", is: isError, areAlike: areErrorsAlike },
  { tag: "[object Date]", is: kinds.isDate, areAlike: (actual, expected) => +actual === +expected },
  { tag: "[object RegExp]", is: kinds.isRegExp, areAlike: areRegExpsAlike },
  { tag: "[object Set]", is: kinds.isSet, areAlike: areSizesAlike },
  { tag: "[object Map]", is: kinds.isMap, areAlike: areSizesAlike },
  { is: kinds.isAnyArrayBuffer, areAlike: areBuffersAlike },
  {
    is: kinds.isBoxedPrimitive,
    areAlike: (actual, expected) => Object.is(actual.valueOf(), expected.valueOf()),
  },
];

/** The same of objects of the platform, and of those that show nothing of what they hold. */
const PLATFORM: readonly Kind[] = [
  { is: isURL, areAlike: (actual, expected) => actual.href === expected.href },
  { is: kinds.isKeyObject, areAlike: (actual, expected) => actual.equals(expected) },
  { is: kinds.isCryptoKey, areAlike: areCryptoKeysAlike },
  { is: kinds.isWeakMap, areAlike: () => false },
  { is: kinds.isWeakSet, areAlike: () => false },
];

/** @param tag that of both */
export function areInnardsAlike(actual: Any, expected: Any, tag: string, comparison: Comparison): boolean {
  // To ask whether an object is of a kind that it is not of costs an exception: the likely kind is asked first.
  const known =
    LANGUAGE.find((kind) => kind.tag === tag && kind.is(actual)) ?? LANGUAGE.find(({ is }) => is(actual));
  if (known === undefined && LANGUAGE.some(({ is }) => is(expected))) return false;
  const kind = known ?? PLATFORM.find(({ is }) => is(actual));
  return kind === undefined || (kind.is(expected) && kind.areAlike(actual, expected, comparison));
}

function areRegExpsAlike(actual: RegExp, expected: RegExp): boolean {
  return (
    actual.source === expected.source &&
    actual.flags === expected.flags &&
    actual.lastIndex === expected.lastIndex
  );
}

function areSizesAlike(actual: { size: number }, expected: { size: number }, comparison: Comparison) {
  return comparison.isSizeRight(actual.size, expected.size);
}

const isFloatArray = (value: unknown): boolean => kinds.isFloat32Array(value) || kinds.isFloat64Array(value);

function areViewsAlike(actual: Any, expected: Any, comparison: Comparison): boolean {
  if (comparison.mode === "loose" && isFloatArray(actual)) {
    return (
      actual.length === expected.length && actual.every((value: number, i: number) => value === expected[i])
    );
  }
  const bytes = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return areBytesAlike(bytes(actual), bytes(expected), comparison);
}

function areBuffersAlike(actual: ArrayBuffer, expected: ArrayBuffer, comparison: Comparison): boolean {
  return areBytesAlike(new Uint8Array(actual), new Uint8Array(expected), comparison);
}

function areBytesAlike(actual: Uint8Array, expected: Uint8Array, { mode }: Comparison): boolean {
  if (mode === "partial") return isSubsequence(actual, expected, (one, other) => one === other);
  return actual.length === expected.length && compareBytes(actual, expected) === 0;
}

/** Not the stack: it differs between errors that are otherwise the same. */
function areErrorsAlike(actual: Any, expected: Any, comparison: Comparison): boolean {
  const isPartial = comparison.mode === "partial";
  const isLeftOut = (key: string) =>
    // An enumerable one is compared with the other properties.
    isEnumerable(expected, key) ||
    (isPartial && (expected[key] === undefined || (key === "message" && expected[key] === "")));
  const areFieldsAlike = ["message", "name", "cause", "errors"].every(
    (key) => isLeftOut(key) || comparison.areAlike(actual[key], expected[key]),
  );
  const hasCause = Object.hasOwn(expected, "cause");
  return areFieldsAlike && (hasCause === Object.hasOwn(actual, "cause") || (isPartial && !hasCause));
}

function areCryptoKeysAlike(actual: Any, expected: Any, comparison: Comparison): boolean {
  return (
    actual.extractable === expected.extractable &&
    comparison.areAlike(actual.algorithm, expected.algorithm) &&
    comparison.areAlike(actual.usages, expected.usages) &&
    comparison.areAlike(actual[MATERIAL], expected[MATERIAL])
  );
}
