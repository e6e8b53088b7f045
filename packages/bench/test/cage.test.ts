import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openCage, openField } from "../src/index.js";

const canCage = openCage(128);
const isCaged = canCage.cpu !== undefined;
canCage.close();
if (!isCaged) console.warn(`skipped: the tests of control groups, because there are ${canCage.description}`);

/** Runs a script under the cage, in the environment that a runtime's command would have. */
function run(script: string, cage: ReturnType<typeof openCage>): string {
  const { command, args } = cage.enter({ command: "/bin/sh", args: ["-c", script], cwd: "/", env: {} });
  return execFileSync(command, args, { encoding: "utf8" });
}

describe("the cage", () => {
  it.skipIf(!isCaged)("puts a process, and what it starts, into groups of its own", () => {
    const cage = openCage(256);
    try {
      const groups = run("sh -c 'cat /proc/self/cgroup'", cage);
      expect(groups).toMatch(/laconic-bench-/);
      expect(cage.description).toMatch(/^0\.145 of a processor and 256 MB/);
    } finally {
      cage.close();
    }
  });

  it.skipIf(!isCaged)("ends a process that takes more memory than it may", () => {
    // A virtual machine whose memory comes from its host page by page needs minutes for this with Lambda's share.
    const cage = openCage(128, 1);
    try {
      const take = (mb: number): string => run(`head -c ${mb}M /dev/zero | tail -c ${mb}M | wc -c`, cage);
      expect(Number(take(64))).toBe(64 * 1024 * 1024);
      expect(Number(take(256))).toBeLessThan(256 * 1024 * 1024);
    } finally {
      cage.close();
    }
  });

  it.skipIf(!isCaged)("leaves no group behind", () => {
    const cage = openCage(128);
    run("true", cage);
    cage.close();
    const roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/cpu"].filter(existsSync);
    const left = roots
      .flatMap((root) => readdirSync(root))
      .filter((name) => name.startsWith(`laconic-bench-${process.pid}`));
    expect(left).toEqual([]);
  });

  it("passes arguments on as they are", () => {
    const cage = openCage(128);
    const { command, args } = cage.enter({
      command: "printf",
      args: ["%s|", "a b", "$HOME", "'"],
      cwd: "/",
      env: {},
    });
    expect(execFileSync(command, args, { encoding: "utf8" })).toBe("a b|$HOME|'|");
    cage.close();
  });

  it("sets no limits, and says so, where there are no control groups", () => {
    const field = openField("no limits here");
    expect(run("echo free", field)).toBe("free\n");
    expect(field).toMatchObject({ description: "no limits here", cpu: undefined });
  });
});
