import type { Any } from "./internal/any.js";
import { unsupported } from "./internal/errors.js";

/** There is no terminal, whatever the number. */
export const isatty = (): boolean => false;

export function ReadStream(): Any {
  throw unsupported("tty.ReadStream", "there is no terminal");
}

export function WriteStream(): Any {
  throw unsupported("tty.WriteStream", "there is no terminal");
}

Object.assign(WriteStream.prototype, { getColorDepth: () => 1, hasColors: () => false, isTTY: false });

export default { isatty, ReadStream, WriteStream };
