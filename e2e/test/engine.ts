import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const triple = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;

/** The folder of the engine for this machine. */
export const engineFolder = fileURLToPath(new URL(`../../packages/engine/dist/${triple}`, import.meta.url));

/** Evaluates an ES module in the engine, and gives what its `answer()` returns. */
export async function evaluate(code: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "laconic-engine-"));
  try {
    const source = join(folder, "module.mjs");
    const bytecode = join(folder, "module.qbc");
    await writeFile(source, `${code}\nexport function Lambda() { return JSON.stringify(answer()); }\n`);
    const tool = join(engineFolder, "laconic-engine");
    await promisify(execFile)(tool, ["compile", source, "--output", bytecode]);
    const { stdout } = await promisify(execFile)(tool, ["describe", bytecode], { maxBuffer: 16 << 20 });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
