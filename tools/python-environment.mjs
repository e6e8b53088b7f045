// Virtual environments with what tests need of PyPI, made on first use and found again afterwards.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "./made-once.mjs";

const cache = join(
  process.env.LACONIC_CACHE || process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "laconic",
);
const FACTS = "import os, platform, sys; print(os.path.realpath(sys.executable), platform.python_version())";

/**
 * @param {string} name part of the folder's name
 * @param {string} requirements a file of pinned packages
 * @param {string} contents what it holds, for the message of the first time
 * @returns {string} the environment's folder of programs
 */
export function pythonPrograms(name, requirements, contents) {
  const base = process.env.LACONIC_PYTHON ?? "python3";
  const facts = execFileSync(base, ["-c", FACTS], { encoding: "utf8" });
  const hash = createHash("sha256")
    .update(`${readFileSync(requirements, "utf8")}\n${facts}`)
    .digest("hex");
  const folder = join(cache, `${name}-${hash.slice(0, 16)}`);
  madeOnce(folder, (draft) => {
    console.error(`Installing ${contents} (once)`);
    execFileSync(base, ["-m", "venv", draft], { stdio: "inherit" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
    execFileSync(join(draft, "bin", "python"), [...pip, "-r", requirements], { stdio: "inherit" });
  });
  return join(folder, "bin");
}
