import { promiseDetails, proxyDetails } from "laconic:node";
import { targets } from "../events/target.js";
import type { Any } from "../internal/any.js";

const tag = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether a getter that only instances of the class have finds its private state: nothing can fake that. */
function hasSlot(prototype: Any, name: string | symbol, value: unknown): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  try {
    (descriptor.get ?? (descriptor.value as (this: unknown) => unknown)).call(value);
    return true;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

export const isDate = (value: unknown): boolean =>
  isObject(value) && hasSlot(Date.prototype, "getTime", value);
export const isRegExp = (value: unknown): boolean =>
  isObject(value) && value !== RegExp.prototype && (value instanceof RegExp || tag(value) === "RegExp");
export const isMap = (value: unknown): boolean => isObject(value) && hasSlot(Map.prototype, "size", value);
export const isSet = (value: unknown): boolean => isObject(value) && hasSlot(Set.prototype, "size", value);
export const isWeakMap = (value: unknown): boolean => value instanceof WeakMap;
export const isWeakSet = (value: unknown): boolean => value instanceof WeakSet;
export const isPromise = (value: unknown): boolean => Boolean(promiseDetails(value));
export const isProxy = (value: unknown): boolean => Boolean(proxyDetails(value));
export const isArrayBuffer = (value: unknown): boolean =>
  isObject(value) && hasSlot(ArrayBuffer.prototype, "byteLength", value);
export const isSharedArrayBuffer = (value: unknown): boolean =>
  isObject(value) && hasSlot(SharedArrayBuffer.prototype, "byteLength", value);
export const isAnyArrayBuffer = (value: unknown): boolean =>
  isArrayBuffer(value) || isSharedArrayBuffer(value);
export const isArrayBufferView = (value: unknown): boolean => ArrayBuffer.isView(value);
export const isDataView = (value: unknown): boolean => ArrayBuffer.isView(value) && !isTypedArray(value);

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;

const kindOfArray = (value: unknown): string | undefined => typedArrayTag.call(value) as string | undefined;

export const isTypedArray = (value: unknown): boolean => kindOfArray(value) !== undefined;
export const isUint8Array = (value: unknown): boolean => kindOfArray(value) === "Uint8Array";
export const isUint8ClampedArray = (value: unknown): boolean => kindOfArray(value) === "Uint8ClampedArray";
export const isUint16Array = (value: unknown): boolean => kindOfArray(value) === "Uint16Array";
export const isUint32Array = (value: unknown): boolean => kindOfArray(value) === "Uint32Array";
export const isInt8Array = (value: unknown): boolean => kindOfArray(value) === "Int8Array";
export const isInt16Array = (value: unknown): boolean => kindOfArray(value) === "Int16Array";
export const isInt32Array = (value: unknown): boolean => kindOfArray(value) === "Int32Array";
export const isFloat32Array = (value: unknown): boolean => kindOfArray(value) === "Float32Array";
export const isFloat64Array = (value: unknown): boolean => kindOfArray(value) === "Float64Array";
export const isBigInt64Array = (value: unknown): boolean => kindOfArray(value) === "BigInt64Array";
export const isBigUint64Array = (value: unknown): boolean => kindOfArray(value) === "BigUint64Array";

export const isNativeError = (value: unknown): boolean =>
  isObject(value) && (value instanceof Error || tag(value) === "Error");

const functionTag = (value: unknown): string => (typeof value === "function" ? tag(value) : "");
export const isAsyncFunction = (value: unknown): boolean =>
  functionTag(value) === "AsyncFunction" || functionTag(value) === "AsyncGeneratorFunction";
export const isGeneratorFunction = (value: unknown): boolean =>
  functionTag(value) === "GeneratorFunction" || functionTag(value) === "AsyncGeneratorFunction";
export const isGeneratorObject = (value: unknown): boolean =>
  isObject(value) && (tag(value) === "Generator" || tag(value) === "AsyncGenerator");
export const isMapIterator = (value: unknown): boolean => isObject(value) && tag(value) === "Map Iterator";
export const isSetIterator = (value: unknown): boolean => isObject(value) && tag(value) === "Set Iterator";
export const isArgumentsObject = (value: unknown): boolean => isObject(value) && tag(value) === "Arguments";
export const isModuleNamespaceObject = (value: unknown): boolean =>
  isObject(value) && tag(value) === "Module";

export const isNumberObject = (value: unknown): boolean =>
  isObject(value) && hasSlot(Number.prototype, "valueOf", value);
export const isStringObject = (value: unknown): boolean =>
  isObject(value) && hasSlot(String.prototype, "valueOf", value);
export const isBooleanObject = (value: unknown): boolean =>
  isObject(value) && hasSlot(Boolean.prototype, "valueOf", value);
export const isBigIntObject = (value: unknown): boolean =>
  isObject(value) && hasSlot(BigInt.prototype, "valueOf", value);
export const isSymbolObject = (value: unknown): boolean =>
  isObject(value) && hasSlot(Symbol.prototype, "valueOf", value);
export const isBoxedPrimitive = (value: unknown): boolean =>
  isNumberObject(value) ||
  isStringObject(value) ||
  isBooleanObject(value) ||
  isBigIntObject(value) ||
  isSymbolObject(value);

export const isExternal = (): boolean => false;
export const isCryptoKey = (value: unknown): boolean => isObject(value) && tag(value) === "CryptoKey";
export const isKeyObject = (value: unknown): boolean =>
  isObject(value) && (value as Any).constructor?.name?.endsWith?.("KeyObject") === true;
export const isEventTarget = (value: unknown): boolean => targets.listeners(value, "") !== undefined;
