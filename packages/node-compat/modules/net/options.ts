import type { Any, AnyFunction } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";

/** The overloads of `connect` and `listen`: `(options)`, `(port, host)` and `(path)`, each with a callback at the end. */
export function normalizeArgs(args: Any[]): [options: Any, callback: AnyFunction | null] {
  if (args.length === 0) return [{}, null];
  const [first, second] = args;
  let options: Any = {};
  if (typeof first === "object" && first !== null) options = first;
  else if (isPipeName(first)) options.path = first;
  else if (typeof first !== "function") {
    options.port = first;
    if (args.length > 1 && typeof second === "string") options.host = second;
  }
  const last = args[args.length - 1];
  return [options, typeof last === "function" ? last : null];
}

function isPipeName(value: unknown): value is string {
  return typeof value === "string" && !(Number(value) >= 0 && value.trim() !== "");
}

/** A port as a number; anything but 0 to 65535 is an error of Node's kind. */
export function validatePort(port: Any, name = "Port", allowZero = true): number {
  const isNumeric = typeof port === "number" || (typeof port === "string" && port.trim() !== "");
  const number = Number(port);
  if (!isNumeric || number !== number >>> 0 || number > 0xffff || (number === 0 && !allowZero)) {
    const text = typeof port === "string" ? `'${port}'` : String(port);
    const shown = port === undefined || port === null ? text : `type ${typeof port} (${text})`;
    throw nodeError(
      RangeError,
      "ERR_SOCKET_BAD_PORT",
      `${name} should be ${allowZero ? ">=" : ">"} 0 and < 65536. Received ${shown}.`,
    );
  }
  return number;
}
