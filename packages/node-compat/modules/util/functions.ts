import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { setImmediate as setImmediatePromise, setTimeout as setTimeoutPromise } from "../timers/promises.js";
import { validateFunction } from "../internal/validate.js";
import process from "../process/node-process.js";

const promisifyCustom = Symbol.for("nodejs.util.promisify.custom");
/** Names of a callback's values after the error, when there are several: they make the promise's object. */
export const promisifyArgs = Symbol("customPromisifyArgs");

export function promisify(original: AnyFunction): AnyFunction {
  validateFunction(original, "original");
  const own = (original as Any)[promisifyCustom] ?? timerPromise(original);
  if (own) {
    validateFunction(own, "util.promisify.custom");
    return Object.defineProperty(own, promisifyCustom, { value: own, configurable: true });
  }
  const names = (original as Any)[promisifyArgs] as string[] | undefined;
  function promisified(this: unknown, ...args: Any[]): Promise<Any> {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [
        ...args,
        (error: unknown, ...values: Any[]) => {
          if (error) reject(error);
          else if (names !== undefined && values.length > 1) {
            resolve(Object.fromEntries(names.map((name, index) => [name, values[index]])));
          } else resolve(values[0]);
        },
      ]);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  Object.defineProperty(promisified, promisifyCustom, { value: promisified, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original) as Any;
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return Object.defineProperties(promisified, descriptors);
}
promisify.custom = promisifyCustom;

/** The timers' own promises are put on them by node:timers, which an app need not import. */
function timerPromise(original: AnyFunction): AnyFunction | undefined {
  if (original === globalThis.setTimeout) return setTimeoutPromise;
  return original === globalThis.setImmediate ? setImmediatePromise : undefined;
}

export function callbackify(original: AnyFunction): AnyFunction {
  validateFunction(original, "original");
  function callbackified(this: unknown, ...args: Any[]): void {
    const callback = args.pop();
    validateFunction(callback, "last argument");
    const tell = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value: unknown) => process.nextTick(tell, null, value),
      (reason: unknown) => process.nextTick(tell, reason || falsyRejection(reason)),
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original) as Any;
  if (typeof descriptors.length.value === "number") descriptors.length.value++;
  if (typeof descriptors.name.value === "string") descriptors.name.value += "Callbackified";
  return Object.defineProperties(callbackified, descriptors);
}

function falsyRejection(reason: unknown): Error {
  return nodeError(Error, "ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value", { reason });
}

const warned = new Set<string>();

export function deprecate(method: AnyFunction, message: string, code?: string): AnyFunction {
  if ((process as Any).noDeprecation === true) return method;
  if (code !== undefined && typeof code !== "string") throw invalidArgType("code", "string", code);
  let isWarned = false;
  function deprecated(this: unknown, ...args: Any[]): unknown {
    if (!isWarned) {
      isWarned = true;
      if (code === undefined) process.emitWarning(message, "DeprecationWarning", deprecated);
      else if (!warned.has(code)) {
        warned.add(code);
        process.emitWarning(message, "DeprecationWarning", code, deprecated);
      }
    }
    return new.target ? Reflect.construct(method, args, new.target) : Reflect.apply(method, this, args);
  }
  Object.setPrototypeOf(deprecated, method);
  if (method.prototype) deprecated.prototype = method.prototype;
  return deprecated;
}

export function inherits(constructor: Any, parent: Any): void {
  if (constructor === undefined || constructor === null)
    throw invalidArgType("ctor", "Function", constructor);
  if (parent === undefined || parent === null) throw invalidArgType("superCtor", "Function", parent);
  if (parent.prototype === undefined) {
    throw invalidArgType("superCtor.prototype", "Object", parent.prototype);
  }
  Object.defineProperty(constructor, "super_", { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

/** Deprecated `Object.assign`. */
export function _extend(target: Any, source: Any): Any {
  if (source === null || typeof source !== "object") return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}
