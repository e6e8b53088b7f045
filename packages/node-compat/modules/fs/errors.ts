import type { Any } from "../internal/any.js";
import { getSystemErrorMap } from "../util/system-errors.js";

/** An error of a system call on files, with Node's fields in Node's order. */
export function fsError(errno: number, syscall: string, path?: Any, dest?: Any): Error {
  const [code, text] = getSystemErrorMap().get(errno) ?? [`UNKNOWN`, "unknown error"];
  const shown = path === undefined ? "" : ` '${shownPath(path)}'`;
  const target = dest === undefined ? "" : ` -> '${shownPath(dest)}'`;
  const error: Any = new Error(`${code}: ${text}, ${syscall}${shown}${target}`);
  Object.assign(error, { errno, code, syscall });
  if (path !== undefined) error.path = shownPath(path);
  if (dest !== undefined) error.dest = shownPath(dest);
  return error;
}

function shownPath(path: Any): string {
  return typeof path === "string" ? path : path.toString();
}

/** The result of a system call, which fails with a negative number. */
export function done<T>(result: T | number, syscall: string, path?: Any, dest?: Any): T {
  if (typeof result === "number" && result < 0) throw fsError(result, syscall, path, dest);
  return result as T;
}

/** Whether the system refused, in contrast to an argument that was refused before. */
export function isSystemError(error: Any): boolean {
  return typeof error?.errno === "number" && typeof error.syscall === "string";
}

interface Refusal {
  readonly code: string;
  readonly what: string;
  readonly syscall: string;
  readonly errno: number;
  readonly errorCode: string;
  readonly message: string;
}

/** Node's SystemError: what Node itself refuses in the name of the system. */
export function systemError(
  { code, what, syscall, errno, errorCode, message }: Refusal,
  path: string,
): Error {
  const text = `${what}: ${syscall} returned ${errorCode} (${message}) ${path}`;
  const error: Any = new Error(text);
  const info = { code: errorCode, message, path, syscall, errno };
  Object.defineProperty(error, "name", { value: "SystemError", configurable: true, writable: true });
  if (typeof error.stack === "string") {
    const stack = error.stack.replace(/^Error: .*$/m, `SystemError [${code}]: ${text}`);
    Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true });
  }
  return Object.assign(error, { code, info, errno, syscall, path });
}
