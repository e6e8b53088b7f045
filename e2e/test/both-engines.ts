import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "@laconic/node-compat";
import { engineFolder } from "./engine.js";
import { node22 } from "./node-22.js";

const run = promisify(execFile);

/** What a program of e2e/differential logs. */
export type Lines = [label: string, values: string[]][];

/** A program of e2e/differential made ready for both engines. */
export interface Runnable {
  /** @param env variables of the process, besides this one's */
  inNode(env?: Record<string, string>): Promise<Lines>;
  inLibrary(env?: Record<string, string>): Promise<Lines>;
}

/** @param scratch a folder of this program's own */
export async function prepare(folder: string, program: string, scratch: string): Promise<Runnable> {
  const lister = listerOf(join(folder, program), join(folder, "attempt.mjs"));
  const node = join(scratch, "node.mjs");
  await writeFile(node, `${lister}console.log(await list());`);
  const entry = join(scratch, "entry.mjs");
  await writeFile(entry, `${lister}export const Lambda = () => list();`);
  const library = join(scratch, "library.mjs");
  const { code } = await bundle({ entry, root: folder, outfile: library });
  await writeFile(library, code);
  const tool = join(engineFolder, "laconic-engine");
  const bytecode = join(scratch, "library.qbc");
  await run(tool, ["compile", library, "--output", bytecode]);
  return {
    inNode: async (env) => linesOf(await node22(), [node], env),
    inLibrary: (env) => linesOf(tool, ["describe", bytecode], env),
  };
}

/** One line a case: its label, then what came of it. */
function listerOf(program: string, attempt: string): string {
  return `
import { run } from ${JSON.stringify(program)};
import { show } from ${JSON.stringify(attempt)};
export async function list() {
  const lines = [];
  await run((label, ...values) => lines.push([label, values.map((value) => (typeof value === "string" ? value : show(value)))]));
  return JSON.stringify(lines);
}
`;
}

async function linesOf(command: string, args: string[], env?: Record<string, string>): Promise<Lines> {
  const options = { maxBuffer: 1 << 28, env: { ...process.env, NODE_NO_WARNINGS: "1", ...env } };
  const { stdout } = await run(command, args, options);
  return JSON.parse(stdout.slice(stdout.indexOf("[["))) as Lines;
}
