/** QuickJS's patches as a series of git commits, one a patch, and back. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { fail } from "./failure.mjs";
import { engineRoot } from "./paths.mjs";

const PATCHES = join(engineRoot, "crates/quickjs/patches");

/** What the published sources are called in the series. */
const BASE = "published";

/** An own identity: commits of the series stay in its folder. */
const IDENTITY = [
  "-c",
  "user.name=series",
  "-c",
  "user.email=series@localhost",
  "-c",
  "commit.gpgsign=false",
];

const git = (folder, ...args) =>
  execFileSync("git", ["-C", folder, ...IDENTITY, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });

/** The folder of the published sources that the lock file names. */
export function publishedSources() {
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--locked"], {
    cwd: engineRoot,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const { packages } = JSON.parse(metadata);
  const published = packages.find(({ name, source }) => name === "rquickjs-sys" && source);
  if (!published) fail("cargo metadata does not name a published rquickjs-sys: look at Cargo.lock");
  return join(dirname(published.manifest_path), "quickjs");
}

/** The patches' file names, in order. */
export function patchNames() {
  return readdirSync(PATCHES)
    .filter((name) => name.endsWith(".patch"))
    .sort();
}

/** Parses a patch file into its header and its diff. */
function parts(patch) {
  const start = patch.indexOf("\n--- a/") + 1;
  return { head: patch.slice(0, start).trim(), diff: patch.slice(start) };
}

/**
 * Writes the sources and the patches to a folder as a git repository, one commit a patch.
 *
 * @param {string} folder a folder that does not exist yet
 */
export function unpack(folder) {
  if (existsSync(folder)) fail(`${folder} is there already: name a folder that is to be made`);
  mkdirSync(folder, { recursive: true });
  cpSync(publishedSources(), folder, { recursive: true });
  git(folder, "init", "--quiet", "--initial-branch", "patched");
  commitAll(folder, "The published sources");
  git(folder, "tag", BASE);
  for (const name of patchNames()) {
    const { head, diff } = parts(readFileSync(join(PATCHES, name), "utf8"));
    // Contexts are one line long; their positions say the rest.
    execFileSync("git", ["-C", folder, "apply", "--unidiff-zero", "-"], { input: diff });
    commitAll(folder, head);
  }
}

function commitAll(folder, message) {
  git(folder, "add", "--all", "--force");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", message);
}

/**
 * Writes the commits of such a folder back as patches. A patch is named by what stands before the colon in its
 * commit's first line.
 *
 * @param {string} folder
 */
export function write(folder) {
  const commits = git(folder, "rev-list", "--reverse", `${BASE}..HEAD`).split("\n").filter(Boolean);
  const patches = commits.map((commit, index) => {
    const head = git(folder, "log", "-1", "--format=%B", commit).trim();
    const name = /^([a-z0-9-]+): /.exec(head)?.[1];
    if (!name)
      fail(
        `${commit.slice(0, 8)}: the first line is "<name of the patch>: <what it does>", not "${head.split("\n")[0]}"`,
      );
    const diff = git(folder, "diff", "--no-color", "--unified=1", `${commit}^`, commit)
      .split("\n")
      .filter((line) => !/^(diff --git|index) /.test(line))
      .join("\n");
    return [`${String(index + 1).padStart(2, "0")}-${name}.patch`, `${head}\n\n${diff}`];
  });
  for (const name of patchNames()) rmSync(join(PATCHES, name));
  for (const [name, text] of patches) writeFileSync(join(PATCHES, name), text);
  return patches.length;
}

/** Tests of upstream that hold what patches change on purpose. */
const MEANT = new Map([
  ["tests/null_or_undefined.js", "error-messages: the words of V8"],
  ["tests/test_bjson.js", "lazy-functions: another format of bytecode"],
]);

/**
 * Tries the patches on a checkout of upstream, by merging, and runs upstream's own tests with those that fit.
 *
 * @param {string} checkout a clone of quickjs-ng/quickjs, which is left as it is
 * @param {string} folder a folder that does not exist yet
 * @returns {{ left: string[], failed: string[] }} the patches that do not fit, and the tests that fail with the
 *   others only
 */
export function upstream(checkout, folder) {
  unpack(folder);
  const series = git(folder, "rev-list", "--reverse", `${BASE}..HEAD`).split("\n").filter(Boolean);
  git(folder, "checkout", "--quiet", "--orphan", "upstream");
  git(folder, "rm", "--quiet", "-rf", ".");
  const files = execFileSync("git", ["-C", checkout, "ls-files"], { encoding: "utf8" }).split("\n");
  for (const file of files.filter((each) => /^[^/]+\.(c|h|js|conf)$|^tests\//.test(each)))
    cpSync(join(checkout, file), join(folder, file));
  commitAll(folder, "Upstream");
  const plain = runOwnTests(folder, "plain");
  const left = series.filter((commit) => !picks(folder, commit));
  const failed = runOwnTests(folder, "patched").filter((name) => !plain.includes(name) && !MEANT.has(name));
  return { left: left.map((commit) => git(folder, "log", "-1", "--format=%s", commit).trim()), failed };
}

function picks(folder, commit) {
  const { status } = spawnSync("git", ["-C", folder, ...IDENTITY, "cherry-pick", "--allow-empty", commit]);
  if (status !== 0) git(folder, "cherry-pick", "--abort");
  return status === 0;
}

/** The names of upstream's own tests that fail. */
function runOwnTests(folder, name) {
  writeBuiltins(folder);
  const program = resolve(folder, `.${name}`);
  const sources = ["quickjs.c", "libregexp.c", "libunicode.c", "dtoa.c", "quickjs-libc.c", "run-test262.c"];
  execFileSync("cc", ["-O1", "-w", "-D_GNU_SOURCE", "-o", program, ...sources, "-lm", "-lpthread", "-ldl"], {
    cwd: folder,
  });
  const { stdout, status, signal } = spawnSync(program, ["-c", "tests.conf"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === null) return [`the runner: ${signal}`];
  return [...new Set(stdout.match(/^tests\/[^:\n]+(?=:\d+: )/gm))];
}

/** As the crate's build script makes them; without the patch nothing includes them. */
function writeBuiltins(folder) {
  for (const name of ["array-fromasync", "iterator-zip", "iterator-zip-keyed"]) {
    const bytes = [...readFileSync(join(folder, `builtin-${name}.js`)), 0].join();
    const variable = `js_builtin_${name.replaceAll("-", "_")}_source`;
    writeFileSync(
      join(folder, `builtin-${name}-source.h`),
      `static const char ${variable}[] = {${bytes}};\n`,
    );
  }
}
