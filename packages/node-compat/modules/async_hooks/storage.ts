import { getContext, setContext } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import { tracking } from "../internal/tracking.js";
import { validateFunction } from "../internal/validate.js";

/** Every storage's value; replaced, never changed, because code that waits holds on to the one it began with. */
type Context = ReadonlyMap<AsyncLocalStorage, unknown> | undefined;

const current = (): Context => getContext() as Context;

/** A value that follows the program through awaits, timers and ticks. */
export class AsyncLocalStorage {
  readonly #defaultValue: unknown;
  readonly name: string;

  constructor(options: { defaultValue?: unknown; name?: string } = {}) {
    tracking.isOn = true;
    this.#defaultValue = options?.defaultValue;
    this.name = options?.name === undefined ? "" : `${options.name}`;
    Object.defineProperty(this, "name", { enumerable: false });
  }

  static bind(callback: AnyFunction): AnyFunction {
    validateFunction(callback, "fn");
    const context = current();
    return function (this: unknown, ...args: Any[]): Any {
      return within(context, () => Reflect.apply(callback, this, args));
    };
  }

  static snapshot(): (callback: AnyFunction, ...args: Any[]) => Any {
    const context = current();
    return (callback, ...args) => within(context, () => callback(...args));
  }

  getStore(): Any {
    const context = current();
    return context?.has(this) ? context.get(this) : this.#defaultValue;
  }

  run(store: unknown, callback: AnyFunction, ...args: Any[]): Any {
    const outer = current();
    if (outer?.has(this) && Object.is(outer.get(this), store)) return Reflect.apply(callback, null, args);
    setContext(new Map(outer).set(this, store));
    try {
      return Reflect.apply(callback, null, args);
    } finally {
      setContext(outer);
    }
  }

  exit(callback: AnyFunction, ...args: Any[]): Any {
    return this.run(undefined, callback, ...args);
  }

  enterWith(store: unknown): void {
    setContext(new Map(current()).set(this, store));
  }

  disable(): void {
    const context = new Map(current());
    context.delete(this);
    setContext(context);
  }
}

function within(context: Context, act: () => Any): Any {
  const outer = current();
  setContext(context);
  try {
    return act();
  } finally {
    setContext(outer);
  }
}
