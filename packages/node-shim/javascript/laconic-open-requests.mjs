// Requests that wait for the app. Whatever goes wrong outside of their own promise ends them, and not the process.
import { LaconicError } from "./laconic-errors.mjs";

/** @type {Set<{ name: string, reject: (reason: unknown) => void }>} */
const open = new Set();

// The event loop has nothing left to do: no timer, no socket, no job. Lambda would wait until the timeout.
process.on("beforeExit", () => {
  for (const { name, reject } of open) reject(neverSettled(name));
});

// As in the library: an exception in a timer's or an event's callback belongs to the request that it interrupts.
process.on("uncaughtException", (error) => {
  if (open.size === 0) {
    console.error(error);
    process.exit(1);
  }
  for (const { reject } of open) reject(error);
});

// A rejection that nobody looks at is told, and does not take the answer with it.
process.on("unhandledRejection", (reason) => console.error("Unhandled promise rejection:", reason));

/**
 * Runs one request. Rejects with what the app throws, or with what ended the request from outside.
 * @template T
 * @param {string} name the function's
 * @param {() => PromiseLike<T> | T} run
 * @returns {Promise<T>}
 */
export function openRequest(name, run) {
  return new Promise((resolve, reject) => {
    const request = { name, reject };
    open.add(request);
    // Not async: what `run` throws at once has to end the request as well.
    new Promise((started) => started(run())).then(resolve, reject).finally(() => open.delete(request));
  });
}

/** @param {string} name */
function neverSettled(name) {
  const error = new LaconicError(
    "LAC6302",
    `function "${name}" never settled: its promise is pending, and nothing is left that could settle it (no timer, no I/O, ` +
      "no job). The usual cause is a callback that is never called, or a response that is never ended.",
  );
  error.name = "NeverSettled";
  return error;
}
