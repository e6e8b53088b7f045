import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, outOfRange } from "../internal/errors.js";
import { isUrl } from "../internal/urls.js";
import { validateInteger } from "../internal/validate.js";
import { constants } from "./constants.js";

const UINT32 = 2 ** 32 - 1;

/** A path for the engine: text, or bytes. */
export function toPath(path: Any, name = "path"): string | Uint8Array {
  if (isUrl(path)) path = fileURLToPath(path);
  if (typeof path !== "string" && !(path instanceof Uint8Array)) {
    throw invalidArgType(name, ["string", "Buffer", "URL"], path);
  }
  const hasNul = typeof path === "string" ? path.includes("\0") : path.includes(0);
  if (hasNul) {
    throw invalidArgValue(name, path, "must be a string, Uint8Array, or URL without null bytes");
  }
  return path;
}

export function toFd(fd: Any, name = "fd"): number {
  validateInteger(fd, name, 0, 2 ** 31 - 1);
  return Object.is(fd, -0) ? 0 : fd;
}

/** A path or a descriptor that is open already. */
export function isFd(file: Any): file is number {
  return typeof file === "number" && file >>> 0 === file;
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants as Record<
  string,
  number
>;

const FLAGS: Readonly<Record<string, number>> = {
  r: O_RDONLY!,
  rs: O_RDONLY! | O_SYNC!,
  sr: O_RDONLY! | O_SYNC!,
  "r+": O_RDWR!,
  "rs+": O_RDWR! | O_SYNC!,
  "sr+": O_RDWR! | O_SYNC!,
  w: O_TRUNC! | O_CREAT! | O_WRONLY!,
  wx: O_TRUNC! | O_CREAT! | O_WRONLY! | O_EXCL!,
  xw: O_TRUNC! | O_CREAT! | O_WRONLY! | O_EXCL!,
  "w+": O_TRUNC! | O_CREAT! | O_RDWR!,
  "wx+": O_TRUNC! | O_CREAT! | O_RDWR! | O_EXCL!,
  "xw+": O_TRUNC! | O_CREAT! | O_RDWR! | O_EXCL!,
  a: O_APPEND! | O_CREAT! | O_WRONLY!,
  ax: O_APPEND! | O_CREAT! | O_WRONLY! | O_EXCL!,
  xa: O_APPEND! | O_CREAT! | O_WRONLY! | O_EXCL!,
  as: O_APPEND! | O_CREAT! | O_WRONLY! | O_SYNC!,
  sa: O_APPEND! | O_CREAT! | O_WRONLY! | O_SYNC!,
  "a+": O_APPEND! | O_CREAT! | O_RDWR!,
  "ax+": O_APPEND! | O_CREAT! | O_RDWR! | O_EXCL!,
  "xa+": O_APPEND! | O_CREAT! | O_RDWR! | O_EXCL!,
  "as+": O_APPEND! | O_CREAT! | O_RDWR! | O_SYNC!,
  "sa+": O_APPEND! | O_CREAT! | O_RDWR! | O_SYNC!,
};

export function toFlags(flags: Any, name = "flags"): number {
  if (typeof flags === "number") {
    validateInteger(flags, name, -(2 ** 31), 2 ** 31 - 1);
    return flags;
  }
  if (flags === undefined || flags === null) return O_RDONLY!;
  const number = typeof flags === "string" && Object.hasOwn(FLAGS, flags) ? FLAGS[flags] : undefined;
  if (number === undefined) throw invalidArgValue(name, flags);
  return number;
}

/** A file mode: a number, or its octal digits. */
export function toMode(mode: Any, name: string, fallback?: number): number {
  mode ??= fallback;
  if (typeof mode === "string") {
    if (!/^[0-7]+$/.test(mode)) {
      throw invalidArgValue(name, mode, "must be a 32-bit unsigned integer or an octal string");
    }
    return parseInt(mode, 8);
  }
  validateInteger(mode, name, 0, UINT32);
  return mode;
}

/** The options of a function that takes an encoding in their place too. */
export function toOptions(options: Any, defaults: Any = {}): Any {
  if (options === undefined || options === null || typeof options === "function") return defaults;
  if (typeof options === "string") {
    checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  if (typeof options !== "object") throw invalidArgType("options", ["string", "Object"], options);
  if (options.encoding !== "buffer") checkEncoding(options.encoding);
  return { ...defaults, ...options };
}

function checkEncoding(encoding: Any): void {
  if (encoding && encoding !== "buffer" && !Buffer.isEncoding(encoding)) {
    throw invalidArgValue("encoding", encoding, "is invalid encoding");
  }
}

/** A name or content in the encoding that was asked for. */
export function inEncoding(text: string, encoding: Any): Any {
  if (!encoding || encoding === "utf8" || encoding === "utf-8") return text;
  const bytes = Buffer.from(text);
  return encoding === "buffer" ? bytes : bytes.toString(encoding);
}

export function toData(data: Any, encoding: Any): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, encoding || "utf8");
  if (ArrayBuffer.isView(data)) return viewBytes(data);
  throw invalidArgType("data", ["string", "Buffer", "TypedArray", "DataView"], data);
}

export function viewBytes(view: ArrayBufferView): Uint8Array {
  return view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A time in seconds: a date, a number, or its text. */
export function toSeconds(time: Any, name = "time"): number {
  if (typeof time === "string" && +time == (time as Any)) return +time;
  if (typeof time === "number" && Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw invalidArgType(name, ["Date", "Time in seconds"], time);
}

/** A position in a file: -1 stands for wherever the descriptor is. */
export function toPosition(position: Any): number {
  if (position === null || position === undefined) return -1;
  if (typeof position === "bigint") {
    if (position < -1n || position > 2n ** 63n - 1n)
      throw outOfRange("position", `>= -1 && <= ${2n ** 63n - 1n}`, position);
    return Number(position);
  }
  if (typeof position !== "number") throw invalidArgType("position", ["integer", "bigint"], position);
  validateInteger(position, "position", -1);
  return position;
}

export function toId(id: Any, name: string): number {
  validateInteger(id, name, -1, UINT32);
  return id >>> 0;
}
