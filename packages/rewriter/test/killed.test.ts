import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const COMMAND = fileURLToPath(new URL("../bin/laconic-rewrite.js", import.meta.url));
const FILES = Number(process.env["LACONIC_KILLED_FILES"] ?? 60);
const KILLS = Number(process.env["LACONIC_KILLS"] ?? 12);

const OLD = 'import { main } from "@laconic/runtime";\nmain("Service", "described", []);\n';
const NEW = OLD.replace("@laconic/runtime", "@laconic/runtime/library");
const names = Array.from({ length: FILES }, (_, index) => `m${String(index).padStart(4, "0")}.ts`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "killed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [COMMAND, ...args], { cwd: folder, encoding: "utf8" });
}

/** Starts a write and kills it once that many files are beside the sources or in the journal, or when it has ended. */
async function killAfter(seen: number): Promise<void> {
  const child = spawn(process.execPath, [COMMAND, "activate", ...names, "--write", "-q"], { cwd: folder });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const watch = (): void => {
    if (child.exitCode !== null) return;
    const here = readdirSync(folder).filter((name) => name.endsWith(".tmp")).length;
    const written =
      seen > FILES && here < FILES && readFileSync(join(folder, names[seen - FILES - 1]!), "utf8") === NEW;
    if (here >= seen || written) child.kill("SIGKILL");
    else setImmediate(watch);
  };
  watch();
  await ended;
}

const contents = (): string[] => names.map((name) => readFileSync(join(folder, name), "utf8"));

describe("a write that is killed", () => {
  // From before the first temporary file to behind the last file that is put in its place.
  const moments = Array.from({ length: KILLS }, (_, index) => Math.floor((index * 2 * FILES) / KILLS));

  it.each(moments)(
    "leaves all files old, all new, or revertible: at %i",
    { timeout: 60_000 },
    async (moment) => {
      for (const name of names) writeFileSync(join(folder, name), OLD);
      await killAfter(moment);
      const left = contents();
      expect(left.filter((text) => text !== OLD && text !== NEW)).toEqual([]);
      const reverted = run("--revert");
      if (reverted.status === 2) {
        expect(reverted.stderr).toContain("LAC1020");
        expect(left.every((text) => text === OLD)).toBe(true);
      } else expect(reverted).toMatchObject({ status: 0 });
      expect(contents().every((text) => text === OLD)).toBe(true);
      // Nothing of it is in the way, and nothing of it is left.
      expect(run("activate", ".", "--write", "-q").status).toBe(0);
      expect(contents().every((text) => text === NEW)).toBe(true);
      expect(run("--revert").status).toBe(0);
      expect(contents().every((text) => text === OLD)).toBe(true);
      expect(readdirSync(folder).sort()).toEqual([".laconic", ...names]);
      expect(readdirSync(join(folder, ".laconic/rewrite"))).toEqual([".gitignore"]);
    },
  );
});
