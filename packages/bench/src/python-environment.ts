import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.js";
import { firstLine, lastLine } from "./command-output.js";
import { BenchError } from "./errors.js";
import { madeOnce } from "./made-once.js";

const run = promisify(execFile);
const REQUIREMENTS = new URL("../requirements.txt", import.meta.url);
const INTERPRETER_FACTS =
  "import os, platform, sys; print(os.path.realpath(sys.executable), platform.python_version(), platform.machine())";

export interface PythonEnvironmentOptions {
  /** The interpreter to build on; default: LACONIC_PYTHON, else `python3` of the PATH. */
  python?: string | undefined;
  /** Where environments are kept; default {@link cacheFolder}. */
  cache?: string | undefined;
  /** Told in one line when something slow begins. */
  onProgress?: ((line: string) => void) | undefined;
}

export interface PythonEnvironment {
  /** The virtual environment's interpreter. */
  python: string;
  /** Such as `3.12.1`. */
  version: string;
}

/**
 * A virtual environment with the pinned runtime client, made on first use and found again afterwards, also without a
 * network. Throws {@link BenchError} LAC7001 to LAC7003.
 */
export async function pythonEnvironment(options: PythonEnvironmentOptions = {}): Promise<PythonEnvironment> {
  const base = options.python ?? process.env["LACONIC_PYTHON"] ?? "python3";
  const facts = await interpreterFacts(base);
  const requirements = await readFile(REQUIREMENTS, "utf8");
  const hash = createHash("sha256").update(`${requirements}\n${facts.text}`).digest("hex").slice(0, 16);
  const folder = join(options.cache ?? cacheFolder(), `python-${hash}`);
  await madeOnce(folder, async (draft) => {
    options.onProgress?.(`Installing AWS's Python runtime client for Python ${facts.version} (once)`);
    await create(base, draft);
  });
  return { python: join(folder, "bin", "python"), version: facts.version };
}

async function interpreterFacts(python: string): Promise<{ text: string; version: string }> {
  try {
    const { stdout } = await run(python, ["-c", INTERPRETER_FACTS]);
    const text = stdout.trim();
    return { text, version: text.split(" ").at(-2)! };
  } catch (error) {
    throw new BenchError(
      "LAC7001",
      `cannot run ${python}: ${firstLine(error)}`,
      "install Python 3.9 or newer, or name one in LACONIC_PYTHON",
      error,
    );
  }
}

async function create(base: string, folder: string): Promise<void> {
  await run(base, ["-m", "venv", folder]).catch((error: unknown) => {
    const hint = "install Python's venv module (python3-venv on Debian and Ubuntu)";
    throw new BenchError("LAC7002", `${base} -m venv failed: ${firstLine(error)}`, hint, error);
  });
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"];
  await run(join(folder, "bin", "python"), [...pip, "-r", REQUIREMENTS.pathname]).catch((error: unknown) => {
    const message = `pip could not install ${REQUIREMENTS.pathname}: ${lastLine(error)}`;
    throw new BenchError(
      "LAC7003",
      message,
      "check the network and pip's index settings, then run again",
      error,
    );
  });
}
