import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { withCreationLock } from "../src/creation-lock.js";

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
