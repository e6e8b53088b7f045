import type { Program } from "laconic:processes";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, nodeError, outOfRange, unsupported } from "../internal/errors.js";
import {
  validateAbortSignal,
  validateBoolean,
  validateObject,
  validateString,
} from "../internal/validate.js";
import { engineProcess } from "../globals/engine-process.js";
import { signals } from "../os/constants.js";
import { fileURLToPath } from "../url/files.js";

/** What is to be run, as `spawn` and its siblings agree on it. */
export interface Spawning extends Omit<Program, "stdio"> {
  /** As the app sees it: the program's own name first. */
  readonly shown: readonly string[];
  readonly options: Any;
}

/** `(file, [args], [options])`, checked as Node checks them. */
export function spawningOf(file: Any, args: Any, options: Any): Spawning {
  validateString(file, "file");
  if (file.length === 0) throw invalidArgValue("file", file, "cannot be empty");
  noNul(file, "file");
  if (Array.isArray(args)) args = [...args];
  else if (args === undefined || args === null) args = [];
  else if (typeof args !== "object") throw invalidArgType("args", "object", args);
  else {
    options = args;
    args = [];
  }
  args = args.map((each: unknown, index: number) => {
    const text = `${each as string}`;
    noNul(text, `args[${index}]`);
    return text;
  });
  if (options === undefined) options = {};
  else validateObject(options, "options");
  checkOptions(options);
  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) {
    cwd = typeof cwd === "object" ? fileURLToPath(cwd) : cwd;
    if (typeof cwd !== "string") throw invalidArgType("options.cwd", ["string", "Buffer", "URL"], cwd);
    noNul(cwd, "options.cwd");
  }
  const { shell } = options;
  const argv0 = options.argv0 ?? undefined;
  const shared = {
    argv0,
    env: environmentOf(options.env ?? engineProcess.env),
    cwd: cwd ?? undefined,
    uid: options.uid ?? undefined,
    gid: options.gid ?? undefined,
    detached: Boolean(options.detached),
    options,
  };
  if (!shell) return { ...shared, file, args, shown: [argv0 ?? file, ...args] };
  const command = [file, ...args].join(" ");
  const program = typeof shell === "string" ? shell : "/bin/sh";
  return { ...shared, file: program, args: ["-c", command], shown: [argv0 ?? program, "-c", command] };
}

function checkOptions(options: Any): void {
  const { detached, uid, gid, shell, argv0, timeout, killSignal, signal } = options;
  if (detached !== undefined && detached !== null) validateBoolean(detached, "options.detached");
  for (const [name, id] of Object.entries({ uid, gid }))
    if (id !== undefined && id !== null) checkId(id, `options.${name}`);
  if (shell !== undefined && shell !== null && typeof shell !== "boolean" && typeof shell !== "string") {
    throw invalidArgType("options.shell", ["boolean", "string"], shell);
  }
  if (argv0 !== undefined && argv0 !== null) validateString(argv0, "options.argv0");
  if (timeout !== undefined && timeout !== null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw outOfRange("timeout", "an unsigned integer", timeout);
  }
  if (killSignal !== undefined && killSignal !== null) signalOf(killSignal, "options.killSignal");
  validateAbortSignal(signal, "options.signal");
}

function checkId(id: unknown, name: string): void {
  if (!Number.isInteger(id) || (id as number) !== ((id as number) | 0))
    throw invalidArgType(name, "int32", id);
}

/** As Node: what the environment inherits counts, and undefined is left out. */
function environmentOf(env: Any): string[] {
  const pairs: string[] = [];
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    noNul(name, `options.env['${name}']`);
    noNul(`${value}`, `options.env['${name}']`);
    pairs.push(`${name}=${value}`);
  }
  return pairs;
}

function noNul(text: string, name: string): void {
  if (text.includes("\0")) throw invalidArgValue(name, text, "must be a string without null bytes");
}

/** The number of a signal. @throws when the signal is unknown */
export function signalOf(signal: unknown, name = "signal"): number {
  if (signal === undefined || signal === null) return signals.SIGTERM!;
  if (typeof signal === "number") {
    if (signal === 0 || Object.values(signals).includes(signal)) return signal;
  } else if (typeof signal === "string") {
    const number = signals[signal] ?? signals[signal.toUpperCase()];
    if (number !== undefined) return number;
  } else throw invalidArgType(name, ["string", "number"], signal);
  throw nodeError(TypeError, "ERR_UNKNOWN_SIGNAL", `Unknown signal: ${signal}`);
}

/** The name of a signal's number; null for 0. */
export function signalName(number: number): string | null {
  return number === 0 ? null : (Object.keys(signals).find((name) => signals[name] === number) ?? null);
}

/** One of the program's descriptors: -1 a pipe, -2 nothing, otherwise a descriptor of this process. */
export function channelsOf(stdio: Any, isSync: boolean): number[] {
  if (typeof stdio === "string") {
    if (!["pipe", "ignore", "inherit", "overlapped"].includes(stdio)) throw invalidArgValue("stdio", stdio);
    return [0, 1, 2].map((index) => channel(stdio, index, isSync));
  }
  if (!Array.isArray(stdio)) throw invalidArgValue("stdio", stdio);
  const list = [...stdio];
  while (list.length < 3) list.push(undefined);
  return list.map((each, index) => channel(each, index, isSync));
}

function channel(given: Any, index: number, isSync: boolean): number {
  if (given === undefined || given === null) return index < 3 ? -1 : -2;
  if (given === "ignore") return -2;
  if (given === "pipe" || given === "overlapped") return -1;
  if (given === "inherit") return index;
  if (typeof given === "number" && given >= 0) return given;
  if (given === "ipc" && !isSync) {
    throw unsupported('The stdio "ipc"', "there is no other JavaScript that could be talked to");
  }
  const fd = given?.fd ?? given?._handle?.fd;
  if (typeof fd === "number" && fd >= 0) return fd;
  throw invalidArgValue("stdio", given);
}

export function checkMaxBuffer(maxBuffer: unknown): void {
  if (maxBuffer === undefined || maxBuffer === null) return;
  if (typeof maxBuffer !== "number" || !(maxBuffer >= 0)) {
    throw outOfRange("options.maxBuffer", "a positive number", maxBuffer);
  }
}
