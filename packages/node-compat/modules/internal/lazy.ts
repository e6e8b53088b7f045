import type { Any } from "./any.js";

/**
 * The bundler turns a `require` in a function into the evaluation of that module on the first call, which an import
 * cannot be: what few apps call costs no cold start.
 */
declare global {
  var require: (specifier: string) => Any;
}

export {};
