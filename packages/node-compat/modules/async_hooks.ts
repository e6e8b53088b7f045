import { getContext, setContext } from "laconic:node";
import { AsyncLocalStorage as Storage } from "./async_hooks/storage.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { invalidArgType, nodeError } from "./internal/errors.js";
import { tracking } from "./internal/tracking.js";
import { validateFunction, validateString } from "./internal/validate.js";

export const AsyncLocalStorage = Storage;

let lastId = 1;

/** Work of the app's own that a later call belongs to: it remembers the async context it was made in. */
export class AsyncResource {
  readonly #context: unknown;
  readonly #id = ++lastId;
  readonly #triggerId: number;

  constructor(type: string, options: Any = {}) {
    validateString(type, "type");
    const triggerId = typeof options === "number" ? options : (options?.triggerAsyncId ?? 1);
    if (!Number.isSafeInteger(triggerId) || triggerId < -1) {
      throw nodeError(RangeError, "ERR_INVALID_ASYNC_ID", `Invalid triggerAsyncId value: ${triggerId}`);
    }
    this.#triggerId = triggerId;
    tracking.isOn = true;
    this.#context = getContext();
  }

  runInAsyncScope(callback: AnyFunction, thisArg?: unknown, ...args: Any[]): Any {
    const outer = getContext();
    setContext(this.#context);
    try {
      return Reflect.apply(callback, thisArg, args);
    } finally {
      setContext(outer);
    }
  }

  emitDestroy(): this {
    return this;
  }

  asyncId(): number {
    return this.#id;
  }

  triggerAsyncId(): number {
    return this.#triggerId;
  }

  bind(callback: AnyFunction, thisArg?: unknown): AnyFunction {
    validateFunction(callback, "fn");
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const resource = this;
    const bound = function (this: unknown, ...args: Any[]): Any {
      return resource.runInAsyncScope(callback, thisArg === undefined ? this : thisArg, ...args);
    };
    return Object.defineProperty(bound, "length", { value: callback.length, configurable: true });
  }

  static bind(callback: AnyFunction, type?: string, thisArg?: unknown): AnyFunction {
    return new AsyncResource(type || callback.name || "bound-anonymous-fn").bind(callback, thisArg);
  }
}

/** Ids are of the resources that an app makes itself: the engine numbers nothing of its own. */
export const executionAsyncId = (): number => 1;
export const triggerAsyncId = (): number => 0;

const topLevel = {};

export const executionAsyncResource = (): object => topLevel;

/** Hooks can be made and switched on; the engine has no events that would call them. */
export function createHook(callbacks: Any): { enable(): Any; disable(): Any } {
  if (callbacks === null || typeof callbacks !== "object")
    throw invalidArgType("callbacks", "object", callbacks);
  for (const name of ["init", "before", "after", "destroy", "promiseResolve"]) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== "function") {
      throw nodeError(TypeError, "ERR_ASYNC_CALLBACK", `hook.${name} must be a function`);
    }
  }
  const hook = { enable: () => hook, disable: () => hook };
  return hook;
}

export const asyncWrapProviders = Object.freeze({ __proto__: null, NONE: 0, PROMISE: 25, TIMERS: 47 });

export default {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders,
  AsyncResource,
};
