import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RuntimeCommand } from "../runtime-process.js";

/** Mebibytes of memory with which a function has one whole processor. */
const WHOLE_PROCESSOR_MB = 1769;
const PERIOD_US = 100_000;
const ROOT = "/sys/fs/cgroup";

/** Processor and memory that a function of a size has in Lambda, imposed on this machine's processes. */
export interface Cage {
  /** For a reader: what is imposed, or why nothing is. */
  readonly description: string;
  /** Share of one processor; undefined when nothing is imposed. */
  readonly cpu: number | undefined;
  /** The same command, started inside. */
  enter(command: RuntimeCommand): RuntimeCommand;
  close(): void;
}

/** The share of one processor that Lambda gives a function of so many mebibytes: 0.072 for 128. */
export function cpuShare(memoryMb: number): number {
  return memoryMb / WHOLE_PROCESSOR_MB;
}

/** No limits, and why. */
export function openField(reason: string): Cage {
  return { description: reason, cpu: undefined, enter: (command) => command, close: () => undefined };
}

/**
 * A cage of control groups, of either version; where this user may make none, the open field, which says so. As in Lambda, a
 * process that takes more memory than configured is ended.
 *
 * @param memoryMb as configured in Lambda
 * @param cpu share of one processor, when another than Lambda's is wanted
 */
export function openCage(memoryMb: number, cpu = cpuShare(memoryMb)): Cage {
  const bytes = memoryMb * 1024 * 1024;
  const name = `laconic-bench-${process.pid}-${randomBytes(3).toString("hex")}`;
  try {
    const groups = isUnified() ? unified(name, cpu, bytes) : separate(name, cpu, bytes);
    return {
      cpu,
      description: describe(memoryMb, cpu),
      enter: (command) => inside(groups, command),
      close: () => groups.forEach(remove),
    };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return openField(
      `no limits: control groups cannot be made here (${reason}), so times are those of this whole machine. Run as root, or in a ` +
        "container with its own: docker run --privileged",
    );
  }
}

function describe(memoryMb: number, cpu: number): string {
  const imposed = `${cpu.toFixed(3)} of a processor and ${memoryMb} MB`;
  return cpu === cpuShare(memoryMb) ? `${imposed}, as Lambda gives a function of ${memoryMb} MB` : imposed;
}

function isUnified(): boolean {
  return existsSync(join(ROOT, "cgroup.controllers"));
}

/** Version 2: one group, below this process's own or at the top. */
function unified(name: string, cpu: number, bytes: number): string[] {
  const own = /^0::(.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"))?.[1] ?? "/";
  const parent = existsSync(join(ROOT, own)) ? join(ROOT, own) : ROOT;
  const group = join(parent, name);
  mkdirSync(group);
  try {
    writeFileSync(join(group, "cpu.max"), `${Math.round(cpu * PERIOD_US)} ${PERIOD_US}`);
    writeFileSync(join(group, "memory.max"), String(bytes));
    // Lambda has no swap. A system without it lacks the file.
    if (existsSync(join(group, "memory.swap.max"))) writeFileSync(join(group, "memory.swap.max"), "0");
  } catch (error) {
    remove(group);
    throw error;
  }
  return [group];
}

/** Version 1: a group in each controller's own tree. */
function separate(name: string, cpu: number, bytes: number): string[] {
  const groups: string[] = [];
  const make = (controller: string, settings: Readonly<Record<string, number>>): void => {
    const group = join(ROOT, controller, name);
    mkdirSync(group);
    groups.push(group);
    for (const [file, value] of Object.entries(settings)) writeFileSync(join(group, file), String(value));
  };
  try {
    make("cpu", { "cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": Math.round(cpu * PERIOD_US) });
    make("memory", { "memory.limit_in_bytes": bytes });
    const withSwap = join(ROOT, "memory", name, "memory.memsw.limit_in_bytes");
    if (existsSync(withSwap)) writeFileSync(withSwap, String(bytes));
  } catch (error) {
    groups.forEach(remove);
    throw error;
  }
  return groups;
}

/** The shell enters and becomes the command, so that nothing of the command's start is outside. */
function inside(groups: readonly string[], { command, args, ...rest }: RuntimeCommand): RuntimeCommand {
  const enter = groups.map((group) => `echo $$ > ${group}/cgroup.procs`).join(" && ");
  return { ...rest, command: "/bin/sh", args: ["-c", `${enter} && exec "$@"`, "sh", command, ...args] };
}

/** A group goes once the last of its processes is gone, which may take the system a moment. */
function remove(group: string): void {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      rmdirSync(group);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
