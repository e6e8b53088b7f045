import type { Any } from "../internal/any.js";
import * as types from "./kinds.js";

/** Whether two values are alike as Node's assert means it; `isStrict` also compares types and prototypes. */
export function isDeepEqual(left: unknown, right: unknown, isStrict: boolean): boolean {
  return compare(left, right, isStrict, undefined);
}

/** Pairs on the way down: a cycle is alike when it closes at the same place in both. */
type Memo = Map<object, object>;

function compare(left: Any, right: Any, isStrict: boolean, memo: Memo | undefined): boolean {
  if (left === right) return left !== 0 || !isStrict || Object.is(left, right);
  if (isStrict) {
    if (typeof left !== "object")
      return typeof left === "number" && Number.isNaN(left) && Number.isNaN(right);
    if (typeof right !== "object" || left === null || right === null) return false;
    if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  } else {
    if (left === null || typeof left !== "object") {
      if (right === null || typeof right !== "object")
        return left == right || (left !== left && right !== right);
      return false;
    }
    if (right === null || typeof right !== "object") return false;
  }
  const kind = Object.prototype.toString.call(left);
  if (kind !== Object.prototype.toString.call(right)) return false;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return comparesKeys(left, right, isStrict, memo);
  }
  if (!compareKind(left, right, isStrict)) return false;
  if (types.isSet(left)) {
    if (!types.isSet(right) || left.size !== right.size) return false;
    return (
      within(left, right, memo, (inner) => setsAlike(left, right, isStrict, inner)) &&
      comparesKeys(left, right, isStrict, memo)
    );
  }
  if (types.isMap(left)) {
    if (!types.isMap(right) || left.size !== right.size) return false;
    return (
      within(left, right, memo, (inner) => mapsAlike(left, right, isStrict, inner)) &&
      comparesKeys(left, right, isStrict, memo)
    );
  }
  return comparesKeys(left, right, isStrict, memo);
}

/** What objects of the built-in kinds hold beside their properties. */
function compareKind(left: Any, right: Any, isStrict: boolean): boolean {
  if (types.isDate(left)) return types.isDate(right) && Object.is(+left, +right);
  if (types.isRegExp(left)) {
    return (
      types.isRegExp(right) &&
      left.source === right.source &&
      left.flags === right.flags &&
      left.lastIndex === right.lastIndex
    );
  }
  if (types.isNativeError(left)) {
    return (
      types.isNativeError(right) &&
      left.message === right.message &&
      left.name === right.name &&
      (!isStrict || isDeepEqual(left.cause, right.cause, isStrict))
    );
  }
  if (types.isBoxedPrimitive(left)) {
    return types.isBoxedPrimitive(right) && Object.is(left.valueOf(), right.valueOf());
  }
  if (ArrayBuffer.isView(left)) return ArrayBuffer.isView(right) && viewsAlike(left, right, isStrict);
  if (types.isAnyArrayBuffer(left)) {
    return types.isAnyArrayBuffer(right) && viewsAlike(new Uint8Array(left), new Uint8Array(right), isStrict);
  }
  if (types.isPromise(left) || types.isWeakMap(left) || types.isWeakSet(left)) return false;
  return !types.isBoxedPrimitive(right) && !types.isNativeError(right) && !types.isDate(right);
}

function viewsAlike(left: Any, right: Any, isStrict: boolean): boolean {
  if (left.byteLength !== right.byteLength) return false;
  if (/^Float/.test(left.constructor.name)) {
    for (let index = 0; index < left.length; index++) {
      const isSame = isStrict
        ? Object.is(left[index], right[index])
        : left[index] === right[index] || (Number.isNaN(left[index]) && Number.isNaN(right[index]));
      if (!isSame) return false;
    }
    return true;
  }
  const a = new Uint8Array(left.buffer, left.byteOffset, left.byteLength);
  const b = new Uint8Array(right.buffer, right.byteOffset, right.byteLength);
  return a.every((byte, index) => byte === b[index]);
}

function ownKeys(value: Any, isStrict: boolean): (string | symbol)[] {
  let keys: (string | symbol)[] = Object.keys(value);
  // Of a view, the elements were compared already.
  if (ArrayBuffer.isView(value)) keys = keys.filter((key) => !/^\d+$/.test(key as string));
  if (!isStrict) return keys;
  const symbols = Object.getOwnPropertySymbols(value);
  return keys.concat(symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)));
}

function comparesKeys(left: Any, right: Any, isStrict: boolean, memo: Memo | undefined): boolean {
  const keys = ownKeys(left, isStrict);
  if (keys.length !== ownKeys(right, isStrict).length) return false;
  for (const key of keys) if (!Object.prototype.propertyIsEnumerable.call(right, key)) return false;
  if (keys.length === 0) return true;
  return within(left, right, memo, (inner) =>
    keys.every((key) => compare(left[key], right[key], isStrict, inner)),
  );
}

function within(
  left: object,
  right: object,
  memo: Memo | undefined,
  check: (memo: Memo) => boolean,
): boolean {
  const inner: Memo = memo ?? new Map();
  const seen = inner.get(left);
  if (seen !== undefined) return seen === right;
  inner.set(left, right);
  const isAlike = check(inner);
  inner.delete(left);
  return isAlike;
}

function setsAlike(left: Set<Any>, right: Set<Any>, isStrict: boolean, memo: Memo): boolean {
  const others = new Set([...right].filter((value) => !left.has(value)));
  for (const value of left) {
    if (right.has(value)) continue;
    if (isStrict && (typeof value !== "object" || value === null)) return false;
    const match = [...others].find((other) => compare(value, other, isStrict, memo));
    if (match === undefined && !others.has(undefined)) return false;
    others.delete(match);
  }
  return others.size === 0;
}

function mapsAlike(left: Map<Any, Any>, right: Map<Any, Any>, isStrict: boolean, memo: Memo): boolean {
  const others = new Set(right.keys());
  const pending: Any[] = [];
  for (const [key, value] of left) {
    if (right.has(key) && compare(value, right.get(key), isStrict, memo)) others.delete(key);
    else if (isStrict && (typeof key !== "object" || key === null)) return false;
    else pending.push(key);
  }
  for (const key of pending) {
    const match = [...others].find(
      (other) =>
        compare(key, other, isStrict, memo) && compare(left.get(key), right.get(other), isStrict, memo),
    );
    if (match === undefined) return false;
    others.delete(match);
  }
  return others.size === 0;
}
