import { readdir, readFile } from "node:fs/promises";

/**
 * Memory of a process and all that it started, in KiB: shared pages are counted once, by the share that each has of them
 * (PSS); where the system does not tell, resident pages.
 *
 * @param group the process that leads the group
 */
export async function groupKib(group: number): Promise<number> {
  const members = await Promise.all((await readdir("/proc")).filter(isPid).map((pid) => kibOf(pid, group)));
  return members.reduce((sum, kib) => sum + kib, 0);
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}

async function kibOf(pid: string, group: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name may hold anything, and stands in brackets: state, parent and group follow it.
    const [, , pgrp] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(pgrp) !== group) return 0;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const status = rollup || (await readFile(`/proc/${pid}/status`, "utf8"));
    return Number(/^(?:Pss|VmRSS):\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0; // it ended a moment ago
  }
}
