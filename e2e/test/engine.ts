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
  const { answer } = await output(code);
  return answer;
}

/** The same for a module that writes to stdout, and whose `answer()` may return a promise. */
export async function output(
  code: string,
  env: Record<string, string> = {},
): Promise<{ readonly answer: unknown; readonly lines: readonly string[]; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "laconic-engine-"));
  try {
    const source = join(folder, "module.mjs");
    const bytecode = join(folder, "module.qbc");
    await writeFile(
      source,
      `${code}\nexport async function Lambda() { return JSON.stringify(await answer()); }\n`,
    );
    const tool = join(engineFolder, "laconic-engine");
    await promisify(execFile)(tool, ["compile", source, "--output", bytecode]);
    const options = { maxBuffer: 16 << 20, env: { ...process.env, ...env } };
    const { stdout, stderr } = await promisify(execFile)(tool, ["describe", bytecode], options);
    const lines = stdout.trim().split("\n");
    return { answer: JSON.parse(lines.pop()!), lines, stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}
