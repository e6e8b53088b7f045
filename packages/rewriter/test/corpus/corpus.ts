import { transformSync } from "esbuild";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { rewrite, where, type RewriteResult } from "../../src/index.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const CORPUS = join(HERE, "fixtures");
// Where modules of node_modules are found.
const RUNS = fileURLToPath(new URL("../../node_modules/.corpus/", import.meta.url));

export const OUTCOMES = join(HERE, "outcomes.txt");

export interface Entry {
  /** `listening/express.js` */
  readonly name: string;
  readonly text: string;
  readonly result: RewriteResult;
}

/** Every entry file of the corpus with what `adopt` makes of it. */
export function entries(): Entry[] {
  const files = readdirSync(CORPUS, { recursive: true, encoding: "utf8", withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !file.parentPath.endsWith("shared"))
    .map((file) => join(file.parentPath, file.name).slice(CORPUS.length + 1))
    .sort()
    .map((name) => {
      const text = readFileSync(join(CORPUS, name), "utf8");
      return { name, text, result: rewrite({ path: name, text }, { transform: "adopt", service: "corpus" }) };
    });
}

/** One line an entry: what is registered, or where, by which code and for what reason it is declined. */
export function outcomeOf({ name, result }: Entry): string {
  const said = result.diagnostics.map(
    (one) => `${where(one).slice(name.length + 1)} ${one.severity} ${one.code} ${one.message}`,
  );
  const registered = result.changed ? [registrationOf(result.text)] : [];
  return [name, ...[...registered, ...said].map((line) => `  ${line.trim()}`)].join("\n");
}

function registrationOf(text: string): string {
  const found = /^[ \t]*(?:laconicMain|main)\((?:.|\n)*?\]\)/m.exec(text)?.[0] ?? "no call of main()";
  return found.trim().replace(/,?\s*\n\s*/g, " ");
}

export type Answers = Readonly<Record<string, unknown>>;

/** Runs every adopted entry in both forms, each form in a process of its own. */
export function runBoth(adopted: readonly Entry[]): { before: Answers; after: Answers } {
  return { before: run("before", adopted, ({ text }) => text), after: run("after", adopted, plainRuntime) };
}

// A process holds one library, and any number of services of the plain runtime.
function plainRuntime({ name, result }: Entry): string {
  return rewrite({ path: name, text: result.text }, { transform: "deactivate" }).text;
}

function run(form: "before" | "after", adopted: readonly Entry[], textOf: (entry: Entry) => string): Answers {
  const folder = join(RUNS, `${form}-${process.pid}`);
  cpSync(CORPUS, folder, { recursive: true });
  try {
    const jobs = adopted.map((entry) => ({
      ...jobOf(entry),
      path: compile(folder, entry.name, textOf(entry)),
    }));
    const script = join(HERE, "run-apps.mjs");
    const { output } = spawn(script, form, JSON.stringify(jobs));
    return JSON.parse(output) as Answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawn(script: string, form: string, input: string): { output: string } {
  const file = join(RUNS, `${form}-${process.pid}.json`);
  mkdirSync(dirname(file), { recursive: true });
  try {
    execFileSync("sh", ["-c", `exec node "$0" "$1" 3>"$2"`, script, form, file], {
      input,
      stdio: ["pipe", "ignore", "pipe"],
    });
    return { output: readFileSync(file, "utf8") };
  } finally {
    rmSync(file, { force: true });
  }
}

/** What is asked of an entry: its functions by the name that they are registered under. */
function jobOf({ name, text, result }: Entry): object {
  const [, member, fn = "site"] =
    /(lambda|laconicLambda|http|laconicHttp)\(\s*["']([\w.]+)["']/.exec(result.text) ?? [];
  const isAdapter = name.startsWith("adapters/") || (/http/i.test(member ?? "") && fn !== "site");
  const kind = isAdapter ? "adapter" : /lambda/i.test(member ?? "") ? "event" : "server";
  const version = /aws-serverless-express/.test(text) ? 1 : 2;
  return { name, kind, function: fn, export: fn, version };
}

/** The entry as Node runs it, beside the files that it loads. @returns its path */
function compile(folder: string, name: string, text: string): string {
  const kind = extname(name);
  const isTyped = kind === ".ts";
  const isModule = kind === ".mjs";
  const path = join(folder, isModule ? name : `${name}.cjs`);
  writeFileSync(path, isTyped ? typed(text) : isModule ? text : commonJs(text));
  return path;
}

function typed(text: string): string {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

// Bundlers take an import beside `exports`, Node does not.
function commonJs(text: string): string {
  return /^import /m.test(text) ? transformSync(text, { format: "cjs", platform: "node" }).code : text;
}
