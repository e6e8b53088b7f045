// The node shim: handlers for AWS's Node runtime client that call the app in the same process.
import { reported } from "./laconic-errors.mjs";
import { openRequest } from "./laconic-open-requests.mjs";
import { registered } from "./laconic-service.mjs";

/**
 * The handler of a function whose result is one value.
 * @param {string} name
 */
export function handlerOf(name) {
  const handle = registered().service.handler(name);
  return async (/** @type {unknown} */ event, /** @type {object} */ context) => {
    try {
      return await openRequest(name, () => handle(event, context));
    } catch (error) {
      throw reported(error);
    }
  };
}
