import type { Any } from "./internal/any.js";
import { aborted, transferableAbortController, transferableAbortSignal } from "./util/abort.js";
import { getCallSites } from "./util/call-sites.js";
import { debuglog } from "./util/debuglog.js";
import { isDeepEqual } from "./util/deep-equal.js";
import { diff } from "./util/diff.js";
import { _extend, callbackify, deprecate, inherits, promisify } from "./util/functions.js";
import { format, formatWithOptions, inspect, stripVTControlCharacters } from "./util/inspect.js";
import { MIMEParams, MIMEType } from "./util/mime-type.js";
import { parseArgs } from "./util/parse-args.js";
import { parseEnv } from "./util/parse-env.js";
import { styleText } from "./util/style-text.js";
import { TextDecoder, TextEncoder } from "./web/text-coding.js";
import {
  _errnoException,
  _exceptionWithHostPort,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
} from "./util/system-errors.js";
import types from "./util/types.js";
import { Buffer } from "./buffer/buffer.js";

export function isDeepStrictEqual(left: unknown, right: unknown): boolean {
  return isDeepEqual(left, right, "strict");
}

export function toUSVString(text: string): string {
  return `${text}`.toWellFormed();
}

/** Deprecated kinds of values; some packages still ask. */
export const isArray = Array.isArray;
export const isBoolean = (value: unknown): boolean => typeof value === "boolean";
export const isBuffer = (value: unknown): boolean => Buffer.isBuffer(value);
export const isNull = (value: unknown): boolean => value === null;
export const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
export const isNumber = (value: unknown): boolean => typeof value === "number";
export const isString = (value: unknown): boolean => typeof value === "string";
export const isSymbol = (value: unknown): boolean => typeof value === "symbol";
export const isUndefined = (value: unknown): boolean => value === undefined;
export const isRegExp = (value: unknown): boolean => types.isRegExp(value);
export const isObject = (value: unknown): boolean => value !== null && typeof value === "object";
export const isDate = (value: unknown): boolean => types.isDate(value);
export const isError = (value: unknown): boolean => types.isNativeError(value) || value instanceof Error;
export const isFunction = (value: unknown): boolean => typeof value === "function";
export const isPrimitive = (value: unknown): boolean =>
  value === null || (typeof value !== "object" && typeof value !== "function");

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function log(...args: Any[]): void {
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()]
    .map((part) => `${part}`.padStart(2, "0"))
    .join(":");
  console.log("%s - %s", `${now.getDate()} ${MONTHS[now.getMonth()]} ${time}`, format(...args));
}

export const debug = debuglog;
export const getCallSite = getCallSites;

export function setTraceSigInt(): void {}

export {
  _errnoException,
  _exceptionWithHostPort,
  _extend,
  aborted,
  callbackify,
  debuglog,
  deprecate,
  diff,
  format,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  inherits,
  inspect,
  MIMEParams,
  MIMEType,
  parseArgs,
  parseEnv,
  promisify,
  stripVTControlCharacters,
  styleText,
  TextDecoder,
  TextEncoder,
  transferableAbortController,
  transferableAbortSignal,
  types,
};

export default {
  _errnoException,
  _exceptionWithHostPort,
  _extend,
  callbackify,
  debug,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions,
  getCallSite,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray,
  isBoolean,
  isBuffer,
  isDeepStrictEqual,
  isNull,
  isNullOrUndefined,
  isNumber,
  isString,
  isSymbol,
  isUndefined,
  isRegExp,
  isObject,
  isDate,
  isError,
  isFunction,
  isPrimitive,
  log,
  promisify,
  stripVTControlCharacters,
  toUSVString,
  transferableAbortSignal,
  transferableAbortController,
  aborted,
  types,
  parseEnv,
  parseArgs,
  TextDecoder,
  TextEncoder,
  MIMEType,
  MIMEParams,
  diff,
  setTraceSigInt,
};
