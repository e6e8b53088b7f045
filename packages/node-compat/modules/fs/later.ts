import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import { isSystemError } from "./errors.js";

/** The arguments with which a callback is called on success. */
type Answer = (result: Any, args: readonly Any[]) => Any[];

const nothingOrResult: Answer = (result) => (result === undefined ? [] : [result]);

/**
 * The callback form of a function: wrong arguments throw at once, what the system refuses goes to the callback, on a
 * later turn like every answer.
 */
export function withCallback(act: AnyFunction, answer: Answer = nothingOrResult): AnyFunction {
  return (...args) => {
    const at = args.findLastIndex((one) => typeof one === "function");
    const callback = at < 0 ? undefined : args[at];
    if (callback === undefined)
      throw invalidArgType("cb", "function", args.length > 1 ? args.at(-1) : undefined);
    const given = args.slice(0, at);
    let reply: Any[];
    try {
      reply = [null, ...answer(act(...given), given)];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      reply = [error];
    }
    setImmediate(() => callback(...reply));
  };
}

/** The promise form of a function. */
export function withPromise(act: AnyFunction): AnyFunction {
  return (...args) =>
    new Promise((resolve, reject) => {
      let settle: () => void;
      try {
        const result = act(...args);
        settle = () => resolve(result);
      } catch (error) {
        settle = () => reject(error);
      }
      setImmediate(settle);
    });
}
