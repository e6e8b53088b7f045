// Versions that several files must name alike: where each is decided, and where else it occurs. `node tools/versions.mjs`
// fails when a place names another one, or when a place that should name it does not any more.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LEAST } from "../packages/engine/build/least.mjs";
import { root } from "./workspace.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");
const decided = (file, pattern) => pattern.exec(read(file))?.[1] ?? missing(file, pattern);

/** The version of zig that links engines and apps. */
export const zigVersion = () => decided("packages/engine/requirements.txt", /^ziglang==(\S+)$/m);

/** The Rust that CI and releases use. */
export const releaseRust = () => decided("packages/engine/Cargo.toml", /^release-rust = "([\d.]+)"$/m);

/** The Node whose behaviour the library follows. */
export const nodeFollowed = () =>
  decided("packages/node-compat/src/table/node-exports.ts", /NODE_VERSION = "([\d.]+)"/);

/** The oldest Python that the generated shim runs on. */
const shimPython = () =>
  decided("packages/python-shim/pyproject.toml", /^target-version = "py3(\d+)"$/m).replace(/^/, "3.");

/** Everything under `in` that `pattern` finds must be the version; `at` are the files that have to name it. */
const RULES = [
  {
    ...{ what: "the Node that the library follows", version: nodeFollowed() },
    ...{
      in: /^(packages|tools|docs|e2e\/(test|differential|bench))\//,
      pattern: /(?<![\d.^~])(22\.\d+\.\d+)(?!\.?\d)/g,
    },
    at: [
      "packages/engine/crates/engine/src/process.rs",
      "packages/node-compat/modules/intl/data.ts",
      "packages/bench/nodejs/node/package.json",
    ],
  },
  {
    ...{ what: "the least Node", version: LEAST.node },
    ...{ in: /(^|\/)(package\.json|README\.md)$/, pattern: /"node": ">=([\d.]+)"|Node\.js (\d+\.\d+)/g },
    at: ["package.json", "README.md", ...published()],
  },
  {
    ...{ what: "the least Rust", version: LEAST.rust },
    ...{ in: /\.(md|mjs|ts|toml)$/, pattern: /Rust (1\.\d+)|rustc \((1\.\d+)|rust-version = "(1\.\d+)"/g },
    at: ["README.md", "packages/engine/README.md", "packages/engine/Cargo.toml"],
  },
  {
    ...{ what: "the Rust of CI and releases", version: releaseRust() },
    ...{ in: /^\.github\/workflows\//, pattern: /(?:RUSTUP_TOOLCHAIN|toolchain): (\S+?)(?: \}|$)/gm },
    at: [".github/workflows/ci.yml", ".github/workflows/nightly.yml", ".github/workflows/release.yml"],
  },
  {
    ...{ what: "the least Python to build with", version: LEAST.python },
    ...{ in: /^(README|CONTRIBUTING)\.md$/, pattern: /Python (3\.\d+) \(with venv\)/g },
    at: ["README.md"],
  },
  {
    ...{ what: "the least Python to run the shim", version: shimPython() },
    ...{ in: /^(packages\/(python-shim|bench)|docs)\//, pattern: /Pythons? (3\.\d+) (?:to 3\.|or newer)/g },
    at: ["packages/python-shim/README.md", "packages/python-shim/src/bytecode.ts"],
  },
  {
    ...{ what: "zig", version: zigVersion() },
    ...{ in: /^packages\//, pattern: /ziglang==([\d.]+)|const ZIG = "([\d.]+)"/g },
    at: ["packages/docker-builder/src/zig.ts"],
  },
];

/** What is wrong, a line each. */
export function wrongVersions() {
  const files = textFiles("");
  return RULES.flatMap((rule) => {
    const named = files
      .filter((file) => rule.in.test(file))
      .map((file) => [file, versionsIn(read(file), rule.pattern)]);
    const others = named.flatMap(([file, found]) =>
      found
        .filter(({ version }) => version !== rule.version)
        .map(({ version, line }) => `${file}:${line}: ${version}, but ${rule.what} is ${rule.version}`),
    );
    const silent = rule.at
      .filter((file) => !named.some(([other, found]) => other === file && found.length > 0))
      .map((file) => `${file} does not name ${rule.what} (${rule.version}) as tools/versions.mjs expects`);
    return [...others, ...silent];
  });
}

function versionsIn(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => ({
    version: match.slice(1).find((group) => group !== undefined),
    line: text.slice(0, match.index).split("\n").length,
  }));
}

function published() {
  return readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`);
}

const NOT_WRITTEN_HERE = /^(node_modules|dist|target|cross|npm|fixtures|coverage|test262|\.(?!github$).*)$/;

function textFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (NOT_WRITTEN_HERE.test(entry.name)) return [];
    if (entry.isDirectory()) return textFiles(path);
    return /\.(ts|mjs|rs|md|json|toml|txt|yml)$/.test(entry.name) && entry.name !== "package-lock.json"
      ? [path]
      : [];
  });
}

function missing(file, pattern) {
  throw new Error(`${file} has nothing like ${pattern}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = wrongVersions();
  for (const line of wrong) console.error(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
