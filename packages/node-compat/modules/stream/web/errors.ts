import { nodeError } from "../../internal/errors.js";

/** A method of one of the standard's classes was called on something else. */
export function invalidThis(name: string): Error {
  return nodeError(TypeError, "ERR_INVALID_THIS", `Value of "this" must be of type ${name}`);
}

/** The stream is in no state for what is asked. */
export function invalidState(message: string): Error {
  return nodeError(TypeError, "ERR_INVALID_STATE", `Invalid state: ${message}`);
}
