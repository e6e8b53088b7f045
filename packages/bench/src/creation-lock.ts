import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;

/** A lock without its holder's pid: the holder was killed between making the file and writing to it. */
const UNWRITTEN_MS = 5000;

/** Whoever holds a lock for longer has been killed, and another process has its pid now. */
const LONGEST_MS = 900_000;

/**
 * Run `work` while holding the lock file, which names its holder's pid; processes that come later wait. The lock of
 * a process that was killed is taken over. Two that take it over at the same moment may both hold it: the lock saves
 * work, and the result must be right without it.
 */
export async function withCreationLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) {
    if (await isHeld(path)) await sleep(POLL_MS);
    else await rm(path, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isHeld(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, "utf8").catch(() => ""));
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  const age = Date.now() - mtimeMs;
  if (!pid) return age < UNWRITTEN_MS;
  return age < LONGEST_MS && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
