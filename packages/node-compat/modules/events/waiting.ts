import type { Any, AnyFunction } from "../internal/any.js";
import { AbortError, invalidArgType } from "../internal/errors.js";
import { validateAbortSignal, validateFunction, validateObject } from "../internal/validate.js";
import { kRejection } from "./emitter.js";
import { isEventTarget, notAnEmitter, ownListener } from "./target.js";

function listen(emitter: Any, name: string | symbol, listener: AnyFunction, isOnce: boolean): void {
  if (typeof emitter?.on === "function") {
    if (isOnce) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (isEventTarget(emitter)) {
    emitter.addEventListener(name as string, listener, { once: isOnce });
  } else {
    throw notAnEmitter(emitter);
  }
}

function stopListening(emitter: Any, name: string | symbol, listener: AnyFunction): void {
  if (typeof emitter.removeListener === "function") emitter.removeListener(name, listener);
  else emitter.removeEventListener(name, listener);
}

/** A promise of the event's arguments; rejected by "error", unless that is what is waited for. */
export async function once(
  emitter: Any,
  name: string | symbol,
  options: { signal?: AbortSignal } = {},
): Promise<Any[]> {
  validateObject(options, "options");
  const { signal } = options;
  validateAbortSignal(signal, "options.signal");
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const onError = (error: unknown) => {
      stopListening(emitter, name, resolver);
      signal?.removeEventListener("abort", onAbort);
      reject(error);
    };
    const resolver = (...args: Any[]) => {
      if (typeof emitter.removeListener === "function") emitter.removeListener("error", onError);
      signal?.removeEventListener("abort", onAbort);
      resolve(args);
    };
    const onAbort = () => {
      stopListening(emitter, name, resolver);
      stopListening(emitter, "error", onError);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    };
    listen(emitter, name, resolver, true);
    if (name !== "error" && typeof emitter.once === "function") emitter.once("error", onError);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

interface OnOptions {
  signal?: AbortSignal;
  close?: string[];
  highWaterMark?: number;
  lowWaterMark?: number;
}

/** The event's arguments, occurrence by occurrence, until "error", the signal, or one of the events in `close`. */
export function on(
  emitter: Any,
  name: string | symbol,
  options: OnOptions = {},
): AsyncIterableIterator<Any[]> {
  validateObject(options, "options");
  const { signal, close = [], highWaterMark = Infinity, lowWaterMark = 1 } = options;
  validateAbortSignal(signal, "options.signal");
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const seen: Any[][] = [];
  const waiting: { resolve: (result: Any) => void; reject: (error: unknown) => void }[] = [];
  let error: unknown = null;
  let isFinished = false;
  let isPaused = false;

  const onEvent = (...args: Any[]) => {
    const first = waiting.shift();
    if (first) first.resolve({ value: args, done: false });
    else {
      seen.push(args);
      if (!isPaused && seen.length > highWaterMark) {
        isPaused = true;
        emitter.pause?.();
      }
    }
  };
  const onError = (failure: unknown) => {
    const first = waiting.shift();
    if (first) first.reject(failure);
    else error = failure;
    finish();
  };
  const onAbort = () => onError(new AbortError(undefined, { cause: signal?.reason }));
  const finish = (): Promise<Any> => {
    stopListening(emitter, name, onEvent);
    if (name !== "error" && typeof emitter.removeListener === "function")
      emitter.removeListener("error", onError);
    for (const event of close) stopListening(emitter, event, finish);
    signal?.removeEventListener("abort", onAbort);
    isFinished = true;
    const done = { value: undefined, done: true };
    for (const { resolve } of waiting.splice(0)) resolve(done);
    return Promise.resolve(done);
  };

  listen(emitter, name, onEvent, false);
  if (name !== "error" && typeof emitter.on === "function") emitter.on("error", onError);
  for (const event of close) listen(emitter, event, finish, false);
  signal?.addEventListener("abort", onAbort, { once: true });

  const iterator = {
    next(): Promise<Any> {
      if (seen.length > 0) {
        const value = seen.shift();
        if (isPaused && seen.length < lowWaterMark) {
          isPaused = false;
          emitter.resume?.();
        }
        return Promise.resolve({ value, done: false });
      }
      if (error) {
        const failure = Promise.reject(error);
        error = null;
        return failure;
      }
      if (isFinished) return finish();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: finish,
    throw(failure: unknown) {
      if (!failure || !(failure instanceof Error)) {
        throw invalidArgType("EventEmitter.AsyncIterator", "Error", failure);
      }
      onError(failure);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return Object.setPrototypeOf(
    iterator,
    Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype),
  );
}

/** Calls the listener once when the signal aborts, at once when it has. */
export function addAbortListener(signal: AbortSignal, listener: AnyFunction): Any {
  if (signal === undefined) throw invalidArgType("signal", "AbortSignal", signal);
  validateAbortSignal(signal, "signal");
  validateFunction(listener, "listener");
  let remove: (() => void) | undefined;
  if (signal.aborted) queueMicrotask(() => listener());
  else {
    signal.addEventListener("abort", listener as never, { once: true, [ownListener]: true } as object);
    remove = () => signal.removeEventListener("abort", listener as never);
  }
  const dispose = () => remove?.();
  return { [(Symbol as Any).dispose ?? Symbol.for("nodejs.dispose")]: dispose, __proto__: null };
}

export { kRejection };
