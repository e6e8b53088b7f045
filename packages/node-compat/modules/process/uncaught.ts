import { onUncaught } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { nextTick } from "./ticks.js";

/** Rejections that nobody handles yet, of which the listeners are told when they stay so. */
const pending = new Map<Promise<unknown>, unknown>();
/** Those of which they were told. */
const told = new WeakSet<Promise<unknown>>();
let capture: AnyFunction | null = null;

/** Lets the app's listeners for "uncaughtException" and "unhandledRejection" take care of what nothing catches. */
export function listenForUncaught(process: Any): void {
  const exception = (error: unknown, origin = "uncaughtException"): boolean => {
    process.emit("uncaughtExceptionMonitor", error, origin);
    if (capture !== null) {
      capture(error);
      return true;
    }
    return process.emit("uncaughtException", error, origin);
  };

  const isHeard = (): boolean =>
    capture !== null ||
    process.listenerCount("unhandledRejection") > 0 ||
    process.listenerCount("uncaughtException") > 0;

  const tell = (): void => {
    for (const [promise, reason] of pending) {
      pending.delete(promise);
      told.add(promise);
      if (!process.emit("unhandledRejection", reason, promise)) exception(reason, "unhandledRejection");
    }
  };

  onUncaught(exception, (promise, reason, isHandled) => {
    if (isHandled) {
      if (pending.delete(promise)) return true;
      if (!told.delete(promise)) return false;
      nextTick(() => process.emit("rejectionHandled", promise));
      return true;
    }
    if (!isHeard()) return false;
    pending.set(promise, reason);
    // Once no reaction of a promise is left that could still handle it.
    if (pending.size === 1) nextTick(() => queueMicrotask(() => nextTick(tell)));
    return true;
  });
}

export function hasCapture(): boolean {
  return capture !== null;
}

export function setCapture(callback: AnyFunction | null): void {
  if (callback !== null && typeof callback !== "function") {
    throw invalidArgType("fn", ["Function", "null"], callback);
  }
  if (callback !== null && capture !== null) {
    throw nodeError(
      Error,
      "ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET",
      "`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active",
    );
  }
  capture = callback;
}
