import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prepare } from "./both-engines.js";

const folder = fileURLToPath(new URL("../differential", import.meta.url));
const programs = readdirSync(folder).filter(
  (file) =>
    file.endsWith(".mjs") && /export (async )?function run\b/.test(readFileSync(join(folder, file), "utf8")),
);

/** By program, the cases that are known to differ, each with its reason. */
const known = JSON.parse(readFileSync(join(folder, "known-differences.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;

describe("a built-in in the library does what Node's does:", () => {
  it.each(programs)("%s", { timeout: 300_000 }, async (program) => {
    const scratch = await mkdtemp(join(tmpdir(), "laconic-differential-"));
    try {
      const runnable = await prepare(folder, program, scratch);
      const [node, library] = await Promise.all([runnable.inNode(), runnable.inLibrary()]);
      const excused = known[program] ?? {};
      const differing = node.flatMap(([label, values], index) => {
        const other = library[index] ?? ["nothing", []];
        const isSame = label === other[0] && JSON.stringify(values) === JSON.stringify(other[1]);
        return isSame || Object.keys(excused).some((start) => label.startsWith(start))
          ? []
          : [{ label, node: values, library: other }];
      });
      expect(differing).toEqual([]);
      expect(library.length).toBe(node.length);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
