import { getContext, setContext } from "laconic:node";
import type { AnyFunction } from "../internal/any.js";
import { tracking } from "../internal/tracking.js";

/** A callback that runs in the async context of now, as one that belongs to an operation begun here. */
export function bindContext<F extends AnyFunction>(callback: F): F {
  if (!tracking.isOn) return callback;
  const context = getContext();
  if (context === undefined) return callback;
  return function (this: unknown, ...args: unknown[]) {
    const before = getContext();
    setContext(context);
    try {
      return callback.apply(this, args);
    } finally {
      setContext(before);
    }
  } as F;
}
