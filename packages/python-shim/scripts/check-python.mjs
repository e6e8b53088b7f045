// Lints, types and tests the shim's Python, in virtual environments that it makes itself: pytest under every
// Python from 3.9 on that this machine has, ruff and mypy once.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { madeOnce } from "../../../tools/made-once.mjs";
import { generatePythonShim } from "../dist/index.js";

const home = resolve(fileURLToPath(new URL("..", import.meta.url)));
const reports = resolve(home, "../../.reports/packages/python-shim");
const cache = join(
  process.env.LACONIC_CACHE || process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "laconic",
);
const TESTS = "requirements-test.txt";
const LINT = "requirements-lint.txt";

/** The real path and minor version of an interpreter, or undefined when it does not run or is too old. */
function interpreter(command) {
  const script =
    "import os, sys; print(os.path.realpath(sys.executable)); print(*sys.version_info[:2], sep='.')";
  const { status, stdout } = spawnSync(command, ["-c", script], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const [path, version] = stdout.trim().split("\n");
  const [major, minor] = version.split(".").map(Number);
  return major === 3 && minor >= 9 ? { path, version } : undefined;
}

/** One interpreter a version: the machine's python3 first, then those on the PATH, then pyenv's. */
function interpreters() {
  const pyenv = join(process.env.PYENV_ROOT || join(homedir(), ".pyenv"), "versions");
  const installed = existsSync(pyenv) ? readdirSync(pyenv).sort() : [];
  const commands = [
    "python3",
    ...[9, 10, 11, 12, 13, 14].map((minor) => `python3.${minor}`),
    ...installed.map((version) => join(pyenv, version, "bin", "python3")),
  ];
  const found = new Map();
  for (const command of commands) {
    const python = interpreter(command);
    if (python && !found.has(python.version)) found.set(python.version, python);
  }
  return [...found.values()];
}

/** The interpreter of a virtual environment with these requirements, made on first use. */
function environment(python, ...files) {
  const requirements = files.map((file) => readFileSync(join(home, file), "utf8")).join("\n");
  const hash = createHash("sha256").update(`${requirements}\n${python.path}`).digest("hex").slice(0, 16);
  const folder = join(cache, `python-${hash}`);
  madeOnce(folder, (draft) => {
    console.log(`installing ${files.join(" and ")} for Python ${python.version} (once)`);
    execFileSync(python.path, ["-m", "venv", draft], { stdio: "inherit" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
    const wanted = files.flatMap((file) => ["-r", join(home, file)]);
    execFileSync(join(draft, "bin", "python"), [...pip, ...wanted], { stdio: "inherit" });
  });
  return join(folder, "bin", "python");
}

/** A generated shim with all kinds of names in it, so that what users get is checked and not only the template. */
function writeSample(folder) {
  const functions = ["hello", "json", "class", "my-function", "1st", "größe"].map((name) => ({ name }));
  const { files } = generatePythonShim({
    service: 'Sample "service"',
    libraryName: "app.lambda.so",
    functions,
  });
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
}

let failed = false;
function run(title, python, args) {
  const { status } = spawnSync(python, args, { cwd: home, stdio: "inherit" });
  if (status !== 0) {
    console.error(`failed: ${title}`);
    failed = true;
  }
}

const [first, ...others] = interpreters();
if (!first) {
  console.error("no Python 3.9 or newer: install python3");
  process.exit(1);
}
const sample = mkdtempSync(join(tmpdir(), "laconic-shim-"));
try {
  writeSample(sample);
  const tools = environment(first, TESTS, LINT);
  const config = ["--config", "pyproject.toml", "--no-cache"];
  run("ruff check", tools, ["-m", "ruff", "check", ...config, "python", sample]);
  run("ruff format", tools, ["-m", "ruff", "format", "--check", ...config, "python"]);
  run("mypy", tools, ["-m", "mypy", "python"]);
  run("mypy of a generated shim", tools, [
    "-m",
    "mypy",
    "--strict",
    "--config-file=",
    join(sample, "index.py"),
  ]);
  for (const python of [first, ...others]) {
    console.log(`pytest under Python ${python.version}`);
    const suffix = python === first ? "" : `-${python.version}`;
    const report = `--junitxml=${join(reports, `pytest${suffix}.xml`)}`;
    const inside = python === first ? tools : environment(python, TESTS);
    run(`pytest under Python ${python.version}`, inside, [
      "-m",
      "pytest",
      "-q",
      "-p",
      "no:cacheprovider",
      report,
      "python/tests",
    ]);
  }
  console.log(`Python versions tested: ${[first, ...others].map(({ version }) => version).join(", ")}`);
} finally {
  rmSync(sample, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
