import type { Any } from "../internal/any.js";
import { supportedLocales } from "./locale.js";

const { supportedLocalesOf } = {
  supportedLocalesOf: (locales: unknown): string[] => supportedLocales(locales),
};

/** The constructor that `Intl` has of a class: it can be called without `new`, as in Node. */
export function constructorOf(
  name: string,
  Class: new (locales?: unknown, options?: unknown) => object,
): Any {
  const Constructor: Any = function (this: unknown, locales?: unknown, options?: unknown) {
    return Reflect.construct(Class, [locales, options], new.target ?? Constructor);
  };
  Constructor.prototype = Class.prototype;
  Object.defineProperties(Constructor.prototype as object, {
    constructor: { value: Constructor, writable: true, configurable: true },
    [Symbol.toStringTag]: { value: `Intl.${name}`, configurable: true },
  });
  return Object.defineProperties(Constructor, {
    name: { value: name, configurable: true },
    length: { value: 0, configurable: true },
    prototype: { writable: false },
    supportedLocalesOf: { value: supportedLocalesOf, writable: true, configurable: true },
  });
}
