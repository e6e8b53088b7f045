import { writeDescriptor } from "laconic:node";
import { runToEnd } from "laconic:processes";
import { Buffer } from "./buffer.js";
import { channelsOf, checkMaxBuffer, signalName, signalOf, spawningOf } from "./child_process/arguments.js";
import { ChildProcess as Child, spawnChild } from "./child_process/child.js";
import { Collected } from "./child_process/collected.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { invalidArgType } from "./internal/errors.js";
import { validateFunction, validateString } from "./internal/validate.js";
import { errnoException } from "./net/errno.js";

export const ChildProcess: Any = Child;

/** Starts a program; its streams and its end are the child's. */
export function spawn(file: Any, args?: Any, options?: Any): Child {
  return spawnChild(spawningOf(file, args, options));
}

const MAX_BUFFER = 1024 * 1024;

/** `(file, [args], [options], [callback])` */
export function execFile(file: Any, ...rest: Any[]): Child {
  let args: Any[] = [];
  if (Array.isArray(rest[0])) args = rest.shift();
  else if (rest[0] === undefined || rest[0] === null) rest.shift();
  let options: Any;
  if (typeof rest[0] === "function") options = undefined;
  else options = rest.shift();
  const [callback] = rest;
  if (options !== undefined && options !== null && typeof options !== "object")
    throw invalidArgType("options", "object", options);
  if (callback !== undefined && callback !== null) validateFunction(callback, "callback");
  return run(file, args, { ...options }, callback ?? undefined);
}

function run(file: Any, args: Any[], options: Any, callback: AnyFunction | undefined): Child {
  checkMaxBuffer(options.maxBuffer);
  const {
    encoding = "utf8",
    timeout = 0,
    maxBuffer = MAX_BUFFER,
    killSignal = "SIGTERM",
    shell,
    signal,
  } = options;
  const spawning = spawningOf(file, args, {
    ...options,
    stdio: undefined,
    signal: undefined,
    timeout: undefined,
  });
  const child = spawnChild({ ...spawning, options: { ...spawning.options, timeout: 0 } });
  new Collected(
    child,
    { encoding, timeout, maxBuffer, killSignal, signal },
    (error, stdout, stderr, ended) => {
      const command = shell ? file : [file, ...args].join(" ");
      if (!callback) return;
      if (error === undefined && ended.code === 0 && ended.signal === null)
        return callback(null, stdout, stderr);
      const failure: Any =
        error ??
        Object.assign(new Error(`Command failed: ${command}\n${stderr}`), {
          code: ended.code,
          killed: child.killed || ended.isKilled,
          signal: ended.signal,
        });
      failure.cmd = command;
      callback(failure, stdout, stderr);
    },
  );
  return child;
}

/** `(command, [options], [callback])`, by the shell. */
export function exec(command: Any, options?: Any, callback?: Any): Child {
  validateString(command, "command");
  if (typeof options === "function") {
    callback = options;
    options = undefined;
  }
  const given = { ...options };
  given.shell = typeof given.shell === "string" ? given.shell : true;
  if (callback !== undefined && callback !== null) validateFunction(callback, "callback");
  return run(command, [], given, callback ?? undefined);
}

/** What util.promisify makes of them: both outputs, by their names. */
const custom = Symbol.for("nodejs.util.promisify.custom");
for (const original of [exec, execFile] as AnyFunction[]) {
  const value = (...args: Any[]): Promise<unknown> => {
    let child: Any;
    const promise: Any = new Promise((resolve, reject) => {
      child = original(...args, (error: Any, stdout: Any, stderr: Any) => {
        if (error !== null) reject(Object.assign(error, { stdout, stderr }));
        else resolve({ stdout, stderr });
      });
    });
    promise.child = child;
    return promise;
  };
  Object.defineProperty(original, custom, { value, configurable: true });
}

/** Runs a program to its end; nothing else happens meanwhile. */
export function spawnSync(file: Any, args?: Any, options?: Any): Any {
  const spawning = spawningOf(file, args, options);
  const { options: given, shown, ...program } = spawning;
  checkMaxBuffer(given.maxBuffer);
  const { timeout = 0, maxBuffer = MAX_BUFFER, killSignal, encoding } = given;
  const stdio = channelsOf(given.stdio ?? "pipe", true);
  const ended = runToEnd(
    { ...program, stdio },
    inputOf(given.input),
    timeout ?? 0,
    maxBuffer === Infinity ? Number.MAX_SAFE_INTEGER : (maxBuffer ?? MAX_BUFFER),
    signalOf(killSignal ?? "SIGTERM"),
  );
  const isText = encoding !== undefined && encoding !== null && encoding !== "buffer";
  const shownOutput = (bytes: Uint8Array | undefined): Any => {
    if (bytes === undefined) return null;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return isText ? buffer.toString(encoding) : buffer;
  };
  const output =
    ended.output === undefined ? null : stdio.map((_, index) => shownOutput(ended.output![index]));
  const signal = signalName(ended.signal ?? 0);
  const result: Any = {
    ...(ended.errno !== undefined && {
      error: errnoException(ended.errno, `spawnSync ${program.file}`, {
        path: program.file,
        spawnargs: shown.slice(1),
      }),
    }),
    status: ended.code === undefined || ended.code < 0 ? null : ended.code,
    signal,
    output,
    pid: ended.pid ?? 0,
    stdout: output?.[1],
    stderr: output?.[2],
  };
  return result;
}

function inputOf(input: Any): Uint8Array | undefined {
  if (input === undefined || input === null) return undefined;
  if (typeof input === "string") return Buffer.from(input);
  if (!ArrayBuffer.isView(input)) {
    throw invalidArgType("options.stdio[0]", ["Buffer", "TypedArray", "DataView", "string"], input);
  }
  return new Uint8Array(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength);
}

export function execFileSync(file: Any, args?: Any, options?: Any): Any {
  const given = Array.isArray(args) || args === undefined || args === null ? options : args;
  const list = Array.isArray(args) ? args : [];
  return outputOf(spawnSync(file, list, given), given, [file, ...list].join(" "));
}

export function execSync(command: Any, options?: Any): Any {
  validateString(command, "command");
  const shell = typeof options?.shell === "string" ? options.shell : true;
  return outputOf(spawnSync(command, [], { ...options, shell }), options, command);
}

/** The output of a program that went well; its errors are this process's when nobody asked for them. */
function outputOf(result: Any, options: Any, command: string): Any {
  if (options?.stdio === undefined && result.stderr?.length > 0) writeDescriptor(2, result.stderr);
  if (result.error) throw Object.assign(result.error, result);
  if (result.status === 0) return result.stdout;
  const tail = result.stderr?.length > 0 ? `\n${result.stderr.toString()}` : "";
  throw Object.assign(new Error(`Command failed: ${command}${tail}`), result);
}

export default { ChildProcess, exec, execFile, execFileSync, execSync, spawn, spawnSync };
