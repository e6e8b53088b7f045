import type { Any } from "./internal/any.js";
import { invalidArgType, unsupported } from "./internal/errors.js";
import { validateString } from "./internal/validate.js";
import { Buffer } from "./buffer/buffer.js";

const CONTEXT = new WeakSet<object>();

function refuse(what: string): never {
  throw unsupported(`vm.${what}`, "it has one realm; runInThisContext() is there");
}

/** Code for the one realm that there is. It is compiled when it runs. */
export class Script {
  readonly #code: string;
  cachedDataRejected: boolean | undefined;
  sourceMapURL: string | undefined;

  constructor(code: string) {
    this.#code = `${code}`;
  }

  runInThisContext(): Any {
    return (0, eval)(this.#code);
  }
  runInContext(): Any {
    return refuse("Script.runInContext()");
  }
  runInNewContext(): Any {
    return refuse("Script.runInNewContext()");
  }
  createCachedData(): Any {
    return Buffer.alloc(0);
  }
}

export const createScript = (code: string): Script => new Script(code);
export const runInThisContext = (code: string): Any => {
  validateString(code, "code");
  return new Script(code).runInThisContext();
};
export const createContext = (object: Any = {}): Any => {
  if (typeof object !== "object") throw invalidArgType("contextObject", "Object", object);
  CONTEXT.add(object);
  return object;
};
export const isContext = (object: Any): boolean => {
  if (typeof object !== "object" || object === null) throw invalidArgType("object", "Object", object);
  return CONTEXT.has(object);
};
export const runInContext = (): Any => refuse("runInContext()");
export const runInNewContext = (): Any => refuse("runInNewContext()");
export const measureMemory = (): Any => refuse("measureMemory()");
export const compileFunction = (code: string, parameters: string[] = []): Any => {
  validateString(code, "code");
  return new Function(...parameters, code);
};
export const constants = {
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol("vm_dynamic_import_main_context_default"),
  DONT_CONTEXTIFY: Symbol("vm_context_no_contextify"),
};

export default {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants,
};
