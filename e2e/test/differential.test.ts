import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prepare } from "./both-engines.js";
import { differences, type Excuses } from "./differences.js";

const folder = fileURLToPath(new URL("../differential", import.meta.url));

/** Each exports `run(log)`. Listed, so that a program that is lost or not called fails. */
const PROGRAMS = [
  "assertions",
  "buffer",
  "buffer-operations",
  "changing-buffers",
  "console",
  "crypto",
  "dates",
  "decoders",
  "equality",
  "event-targets",
  "events",
  "frozen",
  "fs",
  "inspection",
  "intl",
  "iteration",
  "json",
  "keys",
  "listeners",
  "old-constructors",
  "order",
  "os",
  "own-server",
  "paths-and-urls",
  "performance",
  "platform-globals",
  "programs",
  "responses",
  "streams",
  "structured-clone",
  "subtle",
  "suspended",
  "timers",
  "udp",
  "uncaught",
  "url-objects",
  "urls",
  "web-streams",
  "zlib",
].map((name) => `${name}.mjs`);

/** What the programs import. */
const PARTS = ["attempt.mjs", "fixed-keys.mjs"];

/** What is known to differ, by program. */
const known = JSON.parse(readFileSync(join(folder, "known-differences.json"), "utf8")) as Record<
  string,
  Excuses
>;

describe("a built-in in the library does what Node's does:", () => {
  it("every program of the folder is listed, and every excuse is of one", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".mjs"));
    expect(files.sort()).toEqual([...PROGRAMS, ...PARTS].sort());
    expect(Object.keys(known).filter((program) => !PROGRAMS.includes(program))).toEqual([]);
    const causes = Object.values(known).flatMap((excuses) => Object.keys(excuses));
    expect(causes.filter((cause) => cause.split(" ").length < 4)).toEqual([]);
  });

  it.each(PROGRAMS)("%s", { timeout: 300_000 }, async (program) => {
    const scratch = await mkdtemp(join(tmpdir(), "laconic-differential-"));
    try {
      const runnable = await prepare(folder, program, scratch);
      const [node, library] = await Promise.all([runnable.inNode(), runnable.inLibrary()]);
      expect(node.length).toBeGreaterThan(0);
      expect(differences(node, library, known[program] ?? {})).toEqual({ differing: [], stale: [] });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
