import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundle } from "@laconic/node-compat";
import { describe, expect, it } from "vitest";
import { engineFolder } from "./engine.js";
import { node22 } from "./node-22.js";

const folder = fileURLToPath(new URL("../differential", import.meta.url));
const helpers = ["attempt.mjs", "fixed-keys.mjs"];
const programs = readdirSync(folder).filter((file) => file.endsWith(".mjs") && !helpers.includes(file));
const run = promisify(execFile);
const options = { maxBuffer: 1 << 28, env: { ...process.env, NODE_NO_WARNINGS: "1" } };

/** By program, the cases that are known to differ, each with its reason. */
const known = JSON.parse(readFileSync(join(folder, "known-differences.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;

/** One line a case: its label, then what came of it. */
function lister(program: string): string {
  return `
import { run } from ${JSON.stringify(join(folder, program))};
import { show } from ${JSON.stringify(join(folder, "attempt.mjs"))};
export async function list() {
  const lines = [];
  await run((label, ...values) => lines.push([label, values.map((value) => (typeof value === "string" ? value : show(value)))]));
  return JSON.stringify(lines);
}
`;
}

type Lines = [label: string, values: string[]][];

async function inNode(program: string, scratch: string): Promise<Lines> {
  const file = join(scratch, "node.mjs");
  await writeFile(file, `${lister(program)}console.log(await list());`);
  const { stdout } = await run(await node22(), [file], options);
  return JSON.parse(stdout) as Lines;
}

async function inLibrary(program: string, scratch: string): Promise<Lines> {
  const entry = join(scratch, "entry.mjs");
  await writeFile(entry, `${lister(program)}export const Lambda = () => list();`);
  const { code } = await bundle({ entry, root: folder, outfile: join(scratch, "library.mjs") });
  const source = join(scratch, "library.mjs");
  const bytecode = join(scratch, "library.qbc");
  await writeFile(source, code);
  const tool = join(engineFolder, "laconic-engine");
  await run(tool, ["compile", source, "--output", bytecode]);
  const { stdout } = await run(tool, ["describe", bytecode], options);
  return JSON.parse(stdout.slice(stdout.indexOf("[["))) as Lines;
}

describe("a built-in in the library does what Node's does:", () => {
  it.each(programs)("%s", { timeout: 300_000 }, async (program) => {
    const scratch = await mkdtemp(join(tmpdir(), "laconic-differential-"));
    try {
      const [node, library] = await Promise.all([inNode(program, scratch), inLibrary(program, scratch)]);
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
