// The import swap over a generated 1,000-file project, beside jscodeshift in the same run; and one file from process start
// to diff. Times are medians of the whole process. Run with `npm run bench`, after a build.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FILES = 1000;
const RUNS = Number(process.env["BENCH_RUNS"] ?? 1);
const require = createRequire(import.meta.url);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ours = here("../bin/laconic-rewrite.js");
const jscodeshift = require.resolve("jscodeshift/bin/jscodeshift.js");
const results = [];

function file(index, imports) {
  const lines = imports ? ['import { lambda } from "@laconic/runtime";'] : [];
  for (let part = 0; part < 12; part++) {
    lines.push(
      `/** Part ${part} of module ${index}. */`,
      `export function part${part}(input: { id: string; count?: number }): string {`,
      `  const { id, count = ${part} } = input;`,
      "  return [id, count].filter((value) => value !== undefined).join(`-${id}-`);",
      "}",
      "",
    );
  }
  if (imports) lines.push(`export const fn${index} = lambda("fn${index}", async () => part0({ id: "x" }));`);
  return `${lines.join("\n")}\n`;
}

/** @param every each how many-th file imports the runtime */
function project(every) {
  const folder = mkdtempSync(join(tmpdir(), "codemod-bench-"));
  mkdirSync(join(folder, "src"));
  for (let index = 0; index < FILES; index++)
    writeFileSync(join(folder, "src", `m${index}.ts`), file(index, index % every === 0));
  return folder;
}

function time(folder, env, ...args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
const repeat = (runs, measure) => median(Array.from({ length: runs }, measure));

function compare(name, every, write) {
  const measure =
    (...args) =>
    () => {
      const folder = project(every);
      const took = time(folder, {}, ...args);
      const changed = readFileSync(join(folder, "src/m0.ts"), "utf8").includes("@laconic/runtime/library");
      rmSync(folder, { recursive: true });
      if (changed !== write) throw new Error(`${args[0]} changed the files: ${changed}`);
      return took;
    };
  const mine = repeat(
    RUNS,
    measure(ours, "activate", "src/**/*.ts", ...(write ? ["--write", "--quiet"] : [])),
  );
  const transform = [
    "-t",
    here("swap-import.jscodeshift.cjs"),
    "--parser",
    "ts",
    "--extensions",
    "ts",
    "--silent",
  ];
  const theirs = repeat(RUNS, measure(jscodeshift, ...transform, ...(write ? [] : ["--dry"]), "src"));
  results.push({ name, "laconic-rewrite": mine, jscodeshift: theirs, ratio: theirs / mine });
}

compare("1 file in 10 imports it, preview", 10, false);
compare("1 file in 10 imports it, written", 10, true);
compare("every file imports it, preview", 1, false);
compare("every file imports it, written", 1, true);

const folder = mkdtempSync(join(tmpdir(), "codemod-bench-"));
writeFileSync(
  join(folder, "app.ts"),
  `${file(0, true).replace('"@laconic/runtime"', '"@laconic/runtime/library"').replace("{ lambda }", "{ lambda, main }")}main("A", "b", [fn0]);\n`,
);
const single = (env) => repeat(11, () => time(folder, env, ours, "app.ts"));
single({});
results.push(
  { name: "one file, process start to diff", "laconic-rewrite": single({}) },
  { name: "the same, with no compile cache", "laconic-rewrite": single({ NODE_DISABLE_COMPILE_CACHE: "1" }) },
  { name: "an empty Node process", "laconic-rewrite": repeat(11, () => time(folder, {}, "-e", "0")) },
);
rmSync(folder, { recursive: true });

console.log(`Node ${process.version}, ${cpus().length} CPUs, ${FILES} files, medians in milliseconds`);
const rounded = ([key, value]) => [
  key,
  typeof value === "number" ? Number(value.toFixed(key === "ratio" ? 1 : 0)) : value,
];
console.table(results.map((row) => Object.fromEntries(Object.entries(row).map(rounded))));
if (results.some(({ ratio }) => ratio < 1)) process.exitCode = 1;
