import { interfaces, readProc } from "laconic:os";
import type { Any } from "../internal/any.js";

/** Milliseconds of one tick in /proc/stat, on every Linux of Lambda's. */
const TICK = 10;

/** The processors, with the time that each has spent in what since the machine began. */
export function cpus(): Any[] {
  const models = [...proc("cpuinfo").matchAll(/^model name\s*: (.*)$/gm)].map(([, model]) => model);
  return [...proc("stat").matchAll(/^cpu\d+ (\d+) (\d+) (\d+) (\d+) \d+ (\d+)/gm)].map(
    ([, ...ticks], index) => {
      const [user, nice, sys, idle, irq] = ticks.map((count) => Number(count) * TICK);
      return { model: models[index] ?? "unknown", speed: 0, times: { user, nice, sys, idle, irq } };
    },
  );
}

/** Bytes of memory, by the kernel's name for them. */
export function memory(name: "MemAvailable" | "MemTotal"): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(proc("meminfo"))?.[1] ?? 0) * 1024;
}

/** The numbers at the beginning of a file. */
export function numbersOf(file: "loadavg" | "uptime"): number[] {
  return proc(file).split(" ").map(Number);
}

function proc(name: string): string {
  return readProc(name) ?? "";
}

export function networkInterfaces(): Record<string, Any[]> {
  const found: Record<string, Any[]> = {};
  for (const [name, address, netmask, mac, internal, scopeid] of interfaces()) {
    const isV4 = scopeid < 0;
    const cidr = `${address}/${prefixLength(netmask, isV4)}`;
    (found[name] ??= []).push({
      ...{ address, netmask, family: isV4 ? "IPv4" : "IPv6", mac, internal, cidr },
      ...(!isV4 && { scopeid }),
    });
  }
  return found;
}

/** Bits that are set in a mask. */
function prefixLength(netmask: string, isV4: boolean): number {
  const parts = netmask.split(isV4 ? "." : ":").map((part) => parseInt(part || "0", isV4 ? 10 : 16));
  return parts.reduce((bits, part) => bits + [...part.toString(2)].filter((bit) => bit === "1").length, 0);
}
