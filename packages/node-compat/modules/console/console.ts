import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { formatWithOptions, inspect } from "../util/inspect.js";
import { table } from "./table.js";
import process from "../process/node-process.js";

/** Where the lines go. */
export interface Sink {
  out(text: string): void;
  error(text: string): void;
}

interface Options {
  readonly sink: Sink;
  readonly groupIndentation: number;
  readonly inspectOptions?: object | undefined;
}

/** A console's own methods, each bound: apps hand `console.log` around. */
export function consoleMethods({ sink, groupIndentation, inspectOptions = {} }: Options): Any {
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  let indentation = "";
  const indented = (text: string): string =>
    indentation === "" ? text : indentation + text.replaceAll("\n", `\n${indentation}`);
  const out = (text: string): void => sink.out(`${indented(text)}\n`);
  const error = (text: string): void => sink.error(`${indented(text)}\n`);
  const format = (args: readonly unknown[]): string => formatWithOptions(inspectOptions, ...args);
  const log = (...args: unknown[]): void => out(format(args));
  const warn = (...args: unknown[]): void => error(format(args));
  const elapsed = (label: string, name: string): number | undefined => {
    const started = timers.get(label);
    if (started === undefined) process.emitWarning(`No such label '${label}' for console.${name}()`);
    return started === undefined ? undefined : performance.now() - started;
  };
  const told = (label: string, milliseconds: number, ...rest: unknown[]): void =>
    log(`${label}: ${duration(milliseconds)}`, ...rest);
  const methods = {
    log,
    debug: log,
    info: log,
    dirxml: log,
    warn,
    error: warn,
    trace(...args: unknown[]) {
      const { stack = "" } = new Error();
      const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
      const message = args.length > 0 ? `: ${format(args)}` : "";
      error([`Trace${message}`, ...frames.slice(1)].join("\n"));
    },
    assert(condition?: unknown, ...args: unknown[]) {
      if (condition) return;
      if (typeof args[0] === "string") warn(`Assertion failed: ${args[0]}`, ...args.slice(1));
      else warn("Assertion failed", ...args);
    },
    dir: (value: unknown, options?: object) =>
      out(inspect(value, { customInspect: false, ...inspectOptions, ...options })),
    table(value: unknown, columns?: readonly string[]) {
      if (columns !== undefined && !Array.isArray(columns))
        throw invalidArgType("properties", "Array", columns);
      const lines = table(value, columns);
      if (lines === undefined) log(value);
      else out(lines);
    },
    group(...labels: unknown[]) {
      if (labels.length > 0) log(...labels);
      indentation += " ".repeat(groupIndentation);
    },
    groupEnd() {
      indentation = indentation.slice(groupIndentation);
    },
    count(label: unknown = "default") {
      const name = String(label);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      log(`${name}: ${counts.get(name)}`);
    },
    countReset(label: unknown = "default") {
      if (!counts.delete(String(label))) process.emitWarning(`Count for '${String(label)}' does not exist`);
    },
    time(label: unknown = "default") {
      if (timers.has(String(label)))
        process.emitWarning(`Label '${String(label)}' already exists for console.time()`);
      else timers.set(String(label), performance.now());
    },
    timeEnd(label: unknown = "default") {
      const milliseconds = elapsed(String(label), "timeEnd");
      if (milliseconds !== undefined) told(String(label), milliseconds);
      timers.delete(String(label));
    },
    timeLog(label: unknown = "default", ...rest: unknown[]) {
      const milliseconds = elapsed(String(label), "timeLog");
      if (milliseconds !== undefined) told(String(label), milliseconds, ...rest);
    },
    clear() {},
    // Without an inspector there is nobody to show these to, as in Node.
    profile() {},
    profileEnd() {},
    timeStamp() {},
  };
  return { ...methods, groupCollapsed: methods.group };
}

function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 60) {
    const minutes = Math.floor(seconds / 60);
    return `${minutes}:${(seconds % 60).toFixed(3).padStart(6, "0")} (m:ss.mmm)`;
  }
  if (seconds >= 1) return `${seconds.toFixed(3)}s`;
  return `${Number(milliseconds.toFixed(3))}ms`;
}

/** `new Console(stdout, stderr)`, or `new Console({ stdout, stderr, ... })`. Called without `new`, it makes one too. */
export function Console(this: Any, given: Any, stderr?: Any): Any {
  const self = new.target === undefined ? Object.create(Console.prototype) : this;
  const options = typeof given?.write === "function" ? { stdout: given, stderr } : given;
  const out = options?.stdout;
  const error = options?.stderr ?? out;
  if (typeof out?.write !== "function")
    throw nodeError(
      TypeError,
      "ERR_CONSOLE_WRITABLE_STREAM",
      "Console expects a writable stream instance for stdout",
    );
  if (typeof error?.write !== "function")
    throw nodeError(
      TypeError,
      "ERR_CONSOLE_WRITABLE_STREAM",
      "Console expects a writable stream instance for stderr",
    );
  const { groupIndentation = 2, inspectOptions } = options;
  const sink = { out: (text: string) => out.write(text), error: (text: string) => error.write(text) };
  return Object.assign(self, consoleMethods({ sink, groupIndentation, inspectOptions }));
}
