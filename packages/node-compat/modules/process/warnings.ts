import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import process from "./node-process.js";

interface WarningOptions {
  type?: string;
  code?: string;
  detail?: string;
  ctor?: (...args: Any[]) => Any;
}

type Warning = Error & { code?: string; detail?: string };

let hasExplained = false;

export function emitWarning(
  this: unknown,
  warning: string | Warning,
  typeOrOptions?: string | WarningOptions | ((...args: Any[]) => Any),
  code?: string | ((...args: Any[]) => Any),
  constructor?: (...args: Any[]) => Any,
): void {
  let detail: string | undefined;
  let type: string | undefined;
  if (typeof typeOrOptions === "object" && typeOrOptions !== null && !Array.isArray(typeOrOptions)) {
    constructor = typeOrOptions.ctor;
    code = typeOrOptions.code;
    if (typeof typeOrOptions.detail === "string") detail = typeOrOptions.detail;
    type = typeOrOptions.type ?? "Warning";
  } else if (typeof typeOrOptions === "function") {
    constructor = typeOrOptions;
    code = "";
    type = "Warning";
  } else if (typeOrOptions !== undefined && typeof typeOrOptions !== "string") {
    throw invalidArgType("type", "string", typeOrOptions);
  } else {
    type = typeOrOptions;
  }
  if (typeof code === "function") {
    constructor = code;
    code = "";
  } else if (code !== undefined && typeof code !== "string") {
    throw invalidArgType("code", "string", code);
  }
  const told =
    typeof warning === "string" ? createWarning(warning, type, code, constructor, detail) : warning;
  if (!(told instanceof Error)) throw invalidArgType("warning", ["Error", "string"], warning);
  if (told.name === "DeprecationWarning") {
    if ((process as Any).noDeprecation) return;
    if ((process as Any).throwDeprecation) {
      process.nextTick(() => {
        throw told;
      });
      return;
    }
  }
  process.nextTick(tell, told);
}

function createWarning(
  message: string,
  type: string | undefined,
  code: string | undefined,
  constructor: ((...args: Any[]) => Any) | undefined,
  detail: string | undefined,
): Warning {
  const limit = Error.stackTraceLimit;
  // A stack costs time, and a warning hardly ever shows it.
  if (!(process as Any).traceDeprecation) Error.stackTraceLimit = 0;
  const warning: Warning = new Error(message);
  Error.stackTraceLimit = limit;
  warning.name = String(type || "Warning");
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  if (limit > 0) Error.captureStackTrace(warning, constructor ?? emitWarning);
  return warning;
}

function tell(warning: Warning): void {
  if (!process.emit("warning", warning) || !(process as Any).noWarnings) print(warning);
}

function print(warning: Warning): void {
  const isDeprecation = warning.name === "DeprecationWarning";
  if (isDeprecation && (process as Any).noDeprecation) return;
  const code = warning.code ? `[${warning.code}] ` : "";
  let text = `(node:${process.pid}) ${code}${warning.name}: ${warning.message}`;
  if (typeof warning.detail === "string") text += `\n${warning.detail}`;
  if (!hasExplained) {
    const flag = isDeprecation ? "--trace-deprecation" : "--trace-warnings";
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
    hasExplained = true;
  }
  process.stderr.write(`${text}\n`);
}
