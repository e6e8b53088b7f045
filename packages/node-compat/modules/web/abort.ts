import type { Any } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";

/** The engine's own classes: what they say of why they aborted is completed here, in Node's words. */
export const AbortController = globalThis.AbortController;
export const AbortSignal = globalThis.AbortSignal;

const engineAbort = AbortController.prototype.abort;

AbortController.prototype.abort = function abort(reason?: Any): void {
  engineAbort.call(this, reason === undefined ? aborted() : reason);
};

AbortSignal.abort = function abort(reason?: Any): AbortSignal {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
};

AbortSignal.timeout = function timeout(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const timer: Any = setTimeout(() => {
    controller.abort(domException("The operation was aborted due to timeout", "TimeoutError"));
  }, milliseconds);
  // The signal alone keeps no request waiting.
  timer.unref();
  return controller.signal;
};

function aborted(): DOMException {
  return domException("This operation was aborted", "AbortError");
}
