import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { withCreationLock } from "../src/creation-lock.js";
import { madeOnce } from "../src/made-once.js";

const folder = mkdtempSync(join(tmpdir(), "laconic-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("lets one at a time in and leaves no file", async () => {
  const path = join(folder, "a.lock");
  let inside = 0;
  const work = async (): Promise<number> => {
    inside += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return inside--;
  };
  const most = await Promise.all([1, 2, 3].map(() => withCreationLock(path, work)));
  expect(most).toEqual([1, 1, 1]);
  expect(existsSync(path)).toBe(false);
});

it("takes over the lock of a process that is gone", async () => {
  const path = join(folder, "b.lock");
  writeFileSync(path, "2147483646");
  expect(await withCreationLock(path, () => Promise.resolve("done"))).toBe("done");
});

it("gives the lock back when the work fails", async () => {
  const path = join(folder, "c.lock");
  await expect(withCreationLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(path)).toBe(false);
});

const HOUR_AGO = new Date(Date.now() - 3_700_000);

it.each([
  ["killed before it wrote its pid", ""],
  ["killed long ago, and its pid is another process's now", String(process.pid)],
])("takes over the lock of a process that was %s", async (_, text) => {
  const path = join(folder, "d.lock");
  writeFileSync(path, text);
  utimesSync(path, HOUR_AGO, HOUR_AGO);
  expect(await withCreationLock(path, () => Promise.resolve("done"))).toBe("done");
});

it("makes a folder once, and keeps the first when two make it", async () => {
  const place = join(folder, "once");
  let made = 0;
  const make = async (draft: string): Promise<void> => {
    writeFileSync(join(draft, "content"), String((made += 1)));
    // As another process would that did not wait for the lock.
    if (made === 1) {
      mkdirSync(place);
      writeFileSync(join(place, "content"), "another's");
    }
  };
  await Promise.all([madeOnce(place, make), madeOnce(place, make)]);
  expect(made).toBe(1);
  expect(readFileSync(join(place, "content"), "utf8")).toBe("another's");
});

it("leaves nothing of a failed attempt, and removes what a killed one left", async () => {
  const parent = join(folder, "cache");
  const abandoned = join(parent, "thing.draft-abc123");
  mkdirSync(join(abandoned, "deep"), { recursive: true });
  utimesSync(abandoned, HOUR_AGO, HOUR_AGO);
  const failing = madeOnce(join(parent, "thing"), () => Promise.reject(new Error("no network")));
  await expect(failing).rejects.toThrow("no network");
  expect(readdirSync(parent)).toEqual([]);
});
