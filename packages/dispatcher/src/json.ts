import { DispatchError } from "./errors.js";
import { stringify } from "./intrinsics.js";

/**
 * JSON text of a handler's result; `undefined` is `null`, as in Lambda.
 * @throws DispatchError LAC3003 naming the function, the place in the result and what is there
 */
export function resultToJson(functionName: string, value: unknown): string {
  if (value === undefined) return "null";
  let json: string | undefined;
  try {
    json = stringify(value);
  } catch (cause) {
    // The search for a place would meet the same end, and later.
    if (isExhaustion(cause)) throw cause;
    throw notJson(functionName, findUnserialisable(value) ?? `fails in toJSON(): ${String(cause)}`, cause);
  }
  if (json === undefined) throw notJson(functionName, `is a ${typeof value}`);
  return json;
}

/** Whether the engine ran out of stack or memory; it has `null` when there is no memory for an error. */
function isExhaustion(error: unknown): boolean {
  if (error === null) return true;
  const { name, message } = error as Error;
  return name === "InternalError" || message === "Maximum call stack size exceeded";
}

function notJson(functionName: string, why: string, cause?: unknown): DispatchError {
  return new DispatchError("LAC3003", `The result of function "${functionName}" cannot be JSON: it ${why}`, {
    hint: "Return plain values: String(x) for a BigInt or symbol, an id instead of a circular reference.",
    cause,
  });
}

/** Runs only after JSON.stringify failed, so it may take its time to name the place. */
function findUnserialisable(
  value: unknown,
  path = "result",
  above: readonly object[] = [],
): string | undefined {
  if (typeof value === "bigint") return `holds a BigInt at ${path}`;
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return `refers to itself at ${path}`;
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return undefined;
  for (const [key, child] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const found = findUnserialisable(child, place, [...above, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}
