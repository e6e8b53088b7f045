import type { Any, AnyFunction } from "../internal/any.js";
import { AssertionError } from "./assertion-error.js";

export type Message = Any;

interface Failure {
  actual?: unknown;
  expected?: unknown;
  operator?: string;
  message?: Message;
  stackStartFn: AnyFunction;
}

/** Fails an assertion: with its message, when that is an error. */
export function refuse(failure: Failure): never {
  if (failure.message instanceof Error) throw failure.message;
  throw new AssertionError(failure);
}

/** The same, with a text for when there is no message. */
export function refuseWith(generated: string | undefined, failure: Failure): never {
  const { message } = failure;
  const error = new AssertionError({ ...failure, message: message || generated });
  error.generatedMessage = !message;
  throw error;
}
