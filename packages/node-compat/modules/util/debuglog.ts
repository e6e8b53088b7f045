import type { Any, AnyFunction } from "../internal/any.js";
import { formatWithOptions } from "./inspect.js";
import process from "../process/node-process.js";

/** A logger to stderr that writes only when the section is named in NODE_DEBUG. */
export function debuglog(section: string, onEnabled?: (log: AnyFunction) => void): AnyFunction {
  let log: AnyFunction | undefined;
  const name = section.toUpperCase();
  const isEnabled = () => {
    const wanted: string = process.env["NODE_DEBUG"] ?? "";
    const patterns = wanted.split(",").map((one) =>
      one
        .trim()
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*"),
    );
    return patterns.some((pattern) => pattern !== "" && new RegExp(`^${pattern}$`, "i").test(name));
  };
  const first = (...args: Any[]) => {
    if (log === undefined) {
      log = isEnabled()
        ? (...rest: Any[]) =>
            process.stderr.write(`${name} ${process.pid}: ${formatWithOptions({}, ...rest)}\n`)
        : () => undefined;
      onEnabled?.(log);
    }
    log(...args);
  };
  return Object.defineProperty(first, "enabled", { get: isEnabled, configurable: true, enumerable: true });
}
