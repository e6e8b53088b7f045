import type { AnyFunction } from "./any.js";

/** The class, which may be called without `new` too, as Node's older classes may. */
export function callable<C extends abstract new (...args: never[]) => unknown>(Class: C): C {
  const both = new Proxy(Class, {
    apply: (target, _this, args) => Reflect.construct(target as unknown as AnyFunction, args),
  });
  Object.defineProperty(Class.prototype, "constructor", { value: both, writable: true, configurable: true });
  return both;
}
