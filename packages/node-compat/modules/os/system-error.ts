import { nodeError } from "../internal/errors.js";
import { getSystemErrorMap } from "../util/system-errors.js";

/** A system call of libuv's that failed, as Node tells of it. */
export function systemError(syscall: string, number: number): Error {
  const errno = -number;
  const [code, message] = getSystemErrorMap().get(errno) ?? [
    `Unknown system error ${errno}`,
    "unknown error",
  ];
  const text = `A system error occurred: ${syscall} returned ${code} (${message})`;
  const error = nodeError(Error, "ERR_SYSTEM_ERROR", text, { info: { errno, code, message, syscall } });
  for (const [name, value] of [
    ["name", "SystemError"],
    ["stack", String(error.stack).replace("Error", "SystemError")],
  ] as const) {
    Object.defineProperty(error, name, { value, writable: true, configurable: true });
  }
  return Object.assign(error, { errno, syscall });
}
