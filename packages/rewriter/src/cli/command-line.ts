import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { TransformName } from "../rewrite.js";

/** What was asked for, checked. */
export interface Request {
  readonly transform: TransformName;
  readonly files: readonly string[];
  readonly write: boolean;
  readonly check: boolean;
  readonly revert: boolean;
  readonly dryRun: boolean;
  readonly keepGoing: boolean;
  /** Patterns of files that folders and patterns leave out. */
  readonly ignore: readonly string[];
  readonly json: boolean;
  /** One JSON object a line: each file's, then the summary. */
  readonly jsonl: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stdinFilepath: string;
  readonly tsconfig?: string;
  readonly entry?: string;
  readonly expect?: string;
  readonly service?: string;
  readonly description?: string;
  readonly maxBytes?: number;
  readonly quiet: boolean;
  readonly force: boolean;
  readonly color?: boolean;
}

export type CommandLine =
  | { readonly kind: "run"; readonly request: Request }
  /** Text to print: help or version. */
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "wrong"; readonly message: string };

const TRANSFORMS: readonly TransformName[] = ["library", "activate", "deactivate", "adopt"];

const AFTER = `
Transforms:
  library     make an entry module fit for a library build (the default)
  activate    switch imports from "@laconic/runtime" to "@laconic/runtime/library"
  deactivate  switch them back, to the same bytes
  adopt       turn an existing Lambda handler or HTTP app into a Laconic app

Without --write nothing is changed: the edits are shown as a unified diff.

Exit codes:
  0  done; or, without --check, a preview was shown
  1  --check: at least one file would change
  2  a diagnostic is an error, or the command line is wrong; nothing was written, but with --keep-going the other files
  3  a bug in laconic-rewrite

Examples:
  npx @laconic/rewriter app.ts
  npx @laconic/rewriter activate src --ignore '*.test.ts' --write
  npx @laconic/rewriter adopt handler.js --write && npx @laconic/rewriter --revert
  cat app.ts | npx @laconic/rewriter --stdin --stdout > app.library.ts
`;

/** Reads the arguments (without node and the script); prints nothing and never exits. */
export function parseCommandLine(args: readonly string[], version: string, cwd: string): CommandLine {
  let printed = "";
  const command = describeCommand(version);
  command
    .exitOverride()
    .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "print", text: printed };
    return { kind: "wrong", message: error.message.replace(/^error: /, "").replaceAll("\n", " ") };
  }
  const options = command.opts<Omit<Request, "files">>();
  const [first, ...rest] = command.args;
  const leads = TRANSFORMS.find((name) => name === first);
  if (first !== undefined && leads === undefined && isWord(first, cwd))
    return { kind: "wrong", message: unknown(first) };
  const request = { ...options, transform: leads ?? options.transform, files: leads ? rest : command.args };
  const conflict = conflictIn(request);
  return conflict === undefined ? { kind: "run", request } : { kind: "wrong", message: conflict };
}

/** What cannot be a file: neither a path, nor a pattern, nor the name of something that is there. */
function isWord(text: string, cwd: string): boolean {
  return /^[a-z][a-z-]*$/i.test(text) && !existsSync(resolve(cwd, text));
}

function unknown(name: string): string {
  const close = TRANSFORMS.find((known) => known.startsWith(name.slice(0, 2).toLowerCase()));
  const guess = close === undefined ? "" : ` Did you mean ${close}?`;
  return `"${name}" is neither a file nor a transform; the transforms are ${TRANSFORMS.join(", ")}.${guess}`;
}

function describeCommand(version: string): Command {
  return new Command("laconic-rewrite")
    .description("Codemods for apps that Laconic builds into one library. Previews by default.")
    .usage("[transform] [options] <files, folders or quoted patterns...>")
    .argument("[files...]")
    .addOption(
      new Option("--transform <name>", "same as naming it first").choices(TRANSFORMS).default("library"),
    )
    .option("-w, --write", "apply the edits, atomically; refuses files with uncommitted changes", false)
    .option("--dry-run", "show the edits and write nothing, which is the default", false)
    .option("--check", "write nothing; exit 1 when something would change", false)
    .option("--revert", "put back the originals of the last --write", false)
    .option(
      "--force",
      "write although git has uncommitted changes; revert although a file was edited since",
      false,
    )
    .option("--keep-going", "change the files without errors although others have some", false)
    .option(
      "--ignore <pattern...>",
      "leave out what matches; files that git ignores are left out of folders and patterns anyway",
      [],
    )
    .option(
      "--json",
      "one JSON object on stdout: edits, diagnostics, diff and source map of each file",
      false,
    )
    .option("--jsonl", "the same, one line a file, and a last line with the counts", false)
    .option("--stdin", "read the source from stdin", false)
    .option(
      "--stdin-filepath <path>",
      "the name to treat stdin as; its extension chooses the language",
      "stdin.ts",
    )
    .option("--stdout", "print the rewritten source instead of a diff", false)
    .option("--tsconfig <file>", "take the files (when none are named) and path aliases from this tsconfig")
    .option("--entry <file>", "library: the one entry module; a call of main() in any other file is an error")
    .option("--expect <sha256>", "write only if the file still has this hash (the `sha256` of --json)")
    .option("--service <name>", "adopt: name of the service (default: from package.json, or the file's name)")
    .option("--description <text>", "adopt: description of the service")
    .option("--max-bytes <n>", "refuse larger files", positiveInteger)
    .option("-q, --quiet", "print errors only", false)
    .option("--color", "colour the output (default: on a terminal, unless NO_COLOR is set)")
    .option("--no-color", "do not")
    .version(version, "-V, --version", "print the version")
    .addHelpText("after", AFTER);
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0)
    throw new InvalidArgumentError("It takes a positive whole number.");
  return value;
}

function conflictIn(request: Request): string | undefined {
  const { write, check, revert, dryRun, json, jsonl, stdin, stdout, files, expect } = request;
  const exclusive = { "--write": write, "--check": check, "--revert": revert, "--dry-run": dryRun };
  const given = Object.entries(exclusive).flatMap(([name, on]) => (on ? [name] : []));
  if (given.length > 1) return `${given.join(" and ")} cannot be used together`;
  if (stdin && files.length > 0) return "--stdin takes no files; use --stdin-filepath to name it";
  if (stdin && (write || revert)) return "--stdin has no file to write to; use --stdout";
  if (json && jsonl) return "--json and --jsonl cannot be used together";
  if (stdout && (write || check || json || jsonl))
    return "--stdout prints the source, so it goes with neither --write, --check, --json nor --jsonl";
  if (stdout && !stdin && files.length !== 1) return "--stdout takes exactly one file";
  if (expect !== undefined && files.length !== 1) return "--expect takes exactly one file";
  return undefined;
}
