import type { Any } from "./any.js";

/** The object that a base class fills in place of a new one, while a constructor runs that was called without `new`. */
let adopted: object | undefined;

/** A base class, in Node's old style, of classes that are {@link callable}. */
export function adopting(Base: Any): Any {
  const Adopting: Any = function (...args: unknown[]): object {
    const self = adopted;
    if (self === undefined) return Reflect.construct(Base, args, new.target!);
    adopted = undefined;
    Base.apply(self, args);
    return self;
  };
  Object.setPrototypeOf(Adopting, Base);
  Adopting.prototype = Base.prototype;
  return Adopting;
}

/**
 * A class that can be used as Node's is, which is a function: `Socket()` without `new`, and `Socket.call(this)` in the
 * constructor of a function that inherits from it.
 *
 * @param Class extends an {@link adopting} class
 */
export function callable<Class extends abstract new (...args: never[]) => object>(
  name: string,
  Class: Class,
): Class {
  const Callable: Any = function (this: unknown, ...args: never[]): object {
    if (new.target) return Reflect.construct(Class, args, new.target);
    if (!(this instanceof Callable)) return Reflect.construct(Class, args);
    adopted = this as object;
    try {
      return Reflect.construct(Class, args);
    } finally {
      adopted = undefined;
    }
  };
  Object.setPrototypeOf(Callable, Class);
  Callable.prototype = Class.prototype;
  Object.defineProperty(Callable.prototype, "constructor", { value: Callable });
  Object.defineProperty(Callable, "name", { value: name, configurable: true });
  return Callable;
}
