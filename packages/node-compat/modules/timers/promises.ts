import type { Any } from "../internal/any.js";
import { AbortError } from "../internal/errors.js";
import {
  validateAbortSignal,
  validateBoolean,
  validateNumber,
  validateObject,
} from "../internal/validate.js";

interface TimerOptions {
  signal?: AbortSignal;
  ref?: boolean;
}

function check(options: Any): TimerOptions {
  validateObject(options, "options");
  const { signal, ref } = options as TimerOptions;
  validateAbortSignal(signal, "options.signal");
  if (ref !== undefined) validateBoolean(ref, "options.ref");
  return options as TimerOptions;
}

function wait(
  start: (done: () => void) => Any,
  stop: (timer: Any) => void,
  value: unknown,
  options: Any,
): Promise<Any> {
  try {
    const { signal, ref = true } = check(options);
    if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        stop(timer);
        reject(new AbortError(undefined, { cause: signal?.reason }));
      };
      const timer = start(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve(value);
      });
      if (!ref) timer.unref?.();
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  } catch (error) {
    return Promise.reject(error);
  }
}

export function setTimeout(delay?: number, value?: unknown, options: Any = {}): Promise<Any> {
  try {
    if (delay !== undefined) validateNumber(delay, "delay");
  } catch (error) {
    return Promise.reject(error);
  }
  return wait((done) => globalThis.setTimeout(done, delay), globalThis.clearTimeout, value, options);
}

export function setImmediate(value?: unknown, options: Any = {}): Promise<Any> {
  return wait((done) => globalThis.setImmediate(done), globalThis.clearImmediate, value, options);
}

export async function* setInterval(delay?: number, value?: unknown, options: Any = {}): AsyncGenerator<Any> {
  if (delay !== undefined) validateNumber(delay, "delay");
  const { signal, ref = true } = check(options);
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let pending = 0;
  let wake: (() => void) | undefined;
  const timer = globalThis.setInterval(() => {
    pending++;
    wake?.();
  }, delay);
  if (!ref) timer.unref();
  const onAbort = () => wake?.();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    while (true) {
      if (pending === 0 && !signal?.aborted) await new Promise<void>((resolve) => (wake = resolve));
      for (; pending > 0; pending--) yield value;
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
    }
  } finally {
    globalThis.clearInterval(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

export const scheduler = {
  wait: (delay: number, options?: Any) => setTimeout(delay, undefined, options),
  yield: () => setImmediate(),
};

export default { setTimeout, setImmediate, setInterval, scheduler };
