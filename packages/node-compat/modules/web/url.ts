import { URL as EngineUrl, URLSearchParams as EngineSearchParams } from "engine:url";
import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";

type Class = new (...args: Any[]) => Any;

/** The engine's class, whose constructor is given texts that it can hold and says in Node's words what is wrong with them. */
function guarded(Native: Any, construct: (args: Any[], make: (args: Any[]) => Any) => Any): Class {
  const guard = new Proxy(Native, {
    construct: (target, args, newTarget) =>
      construct(args, (given) => Reflect.construct(target, given, newTarget === guard ? target : newTarget)),
  });
  Object.defineProperty(Native.prototype, "constructor", {
    value: guard,
    writable: true,
    configurable: true,
  });
  return guard;
}

const wellFormed = (value: unknown): unknown => (typeof value === "string" ? value.toWellFormed() : value);

export const URL = guarded(EngineUrl, (args, make) => {
  if (args.length === 0) {
    throw nodeError(TypeError, "ERR_MISSING_ARGS", 'The "url" argument must be specified');
  }
  const [input, base] = args;
  const texts = base === undefined ? [`${input}`] : [`${input}`, `${base}`];
  try {
    return make(texts.map(wellFormed));
  } catch {
    const fields = base === undefined ? { input: texts[0] } : { input: texts[0], base: texts[1] };
    throw nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL", fields);
  }
});

/** In the place of the engine's own, which takes texts alone, and not a URL for a base. */
Object.assign(EngineUrl, {
  canParse(...args: Any[]): boolean {
    return parsed(args) !== null;
  },
  parse(...args: Any[]): Any {
    return parsed(args);
  },
});

function parsed(args: Any[]): Any {
  try {
    return new URL(...args);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_INVALID_URL") return null;
    throw error;
  }
}

export const URLSearchParams = guarded(EngineSearchParams, (args, make) => make(args.map(wellFormed)));
