import type { Any } from "../internal/any.js";
import { validateAbortSignal, validateObject } from "../internal/validate.js";
import { AbortController } from "../web/abort.js";

/** A promise that is fulfilled when the signal aborts, for as long as the resource is alive. */
export function aborted(signal: AbortSignal, resource: Any): Promise<void> {
  if (signal === undefined) validateObject(signal, "signal");
  validateAbortSignal(signal, "signal");
  validateObject(resource, "resource");
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** There is one thread: nothing is ever transferred. */
export function transferableAbortSignal(signal: AbortSignal): AbortSignal {
  return signal;
}

export function transferableAbortController(): AbortController {
  return new AbortController();
}
