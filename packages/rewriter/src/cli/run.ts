import { readFile } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { dirname, resolve } from "node:path";
import { fileProblem, type Diagnostic } from "../diagnostics.js";
import { RewriteError } from "../errors.js";
import { checkWritable, decode, failure, hash, MAX_BYTES, openFile, type OpenFile } from "../file.js";
import { revertLast, writeAll, type Change } from "../journal.js";
import { callsOutsideEntry, rewrite, type RewriteOptions, type RewriteResult } from "../rewrite.js";
import { colorsFor } from "./colors.js";
import { parseCommandLine, type Request } from "./command-line.js";
import { hasUncommittedChanges } from "./git.js";
import { importedModules } from "./imported-modules.js";
import { paint, unifiedDiff } from "./preview.js";
import { describe } from "./report.js";
import { select } from "./select.js";

/** What a run needs of the process it is in. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly version: string;
}

interface Outcome {
  readonly result: RewriteResult;
  readonly original: string;
  /** Absent for stdin. */
  readonly file?: OpenFile;
}

/** Diagnostics that say "not this kind of file", which among the files of a pattern is no news. */
const ONLY_NEWS_WHEN_NAMED = new Set(["LAC1001", "LAC1011", "LAC1013", "LAC1031", "LAC1040", "LAC1045"]);

/** One run of the command line. @returns the exit code */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const line = parseCommandLine(args, around.version);
  if (line.kind === "print") {
    around.stdout.write(line.text);
    return 0;
  }
  if (line.kind === "wrong") {
    const diagnostic = fileProblem("LAC1022", "laconic-rewrite", { text: sentence(line.message) });
    around.stderr.write(describe(diagnostic, colorsFor(around.stderr, around.env, undefined)));
    return 2;
  }
  return await new Run(line.request, around).start();
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
}

class Run {
  readonly #diagnostics: Diagnostic[] = [];

  constructor(
    private readonly request: Request,
    private readonly around: Surroundings,
  ) {}

  async start(): Promise<number> {
    try {
      if (this.request.revert) return await this.#revert();
      const outcomes = this.request.stdin ? [await this.#stdin()] : await this.#files();
      const changed = outcomes.filter(({ result }) => result.changed);
      if (this.request.write && !this.#failed) await this.#write(changed);
      this.#show(outcomes);
      if (this.#failed) return 2;
      return this.request.check && changed.length > 0 ? 1 : 0;
    } catch (error) {
      if (!(error instanceof RewriteError)) throw error;
      this.#diagnostics.push(error.diagnostic);
      this.#show([]);
      return 2;
    }
  }

  get #failed(): boolean {
    return this.#diagnostics.some(({ severity }) => severity === "error");
  }

  async #stdin(): Promise<Outcome> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.around.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    const bytes = Buffer.concat(chunks);
    const path = this.request.stdinFilepath;
    const limit = this.request.maxBytes ?? MAX_BYTES;
    if (bytes.length > limit) throw failure("LAC1012", path, { size: bytes.length, limit });
    const original = decode(bytes, path);
    const result = rewrite({ path, text: original }, await this.#options(resolve(this.around.cwd, path)));
    this.#diagnostics.push(...result.diagnostics);
    return { result, original };
  }

  async #files(): Promise<Outcome[]> {
    const { files, tsconfig, entry } = this.request;
    const { cwd } = this.around;
    const selection = await select(files, tsconfig, cwd);
    const named = selection.named && entry === undefined;
    const outcomes: Outcome[] = [];
    for (const path of selection.paths) {
      const outcome = await this.#file(path, named);
      if (outcome) outcomes.push(outcome);
    }
    return outcomes;
  }

  async #file(path: string, named: boolean): Promise<Outcome | undefined> {
    const { cwd } = this.around;
    try {
      const file = await openFile(path, cwd, this.request.maxBytes);
      const { entry } = this.request;
      if (entry !== undefined && resolve(cwd, entry) !== file.location) {
        this.#diagnostics.push(...callsOutsideEntry([file.source], entry));
        return undefined;
      }
      const result = rewrite(file.source, {
        ...(await this.#options(file.location)),
        // Among the files of a pattern most apps that are exported are served by another file.
        exportedApps: named,
        ...this.#modules(file, named),
      });
      const news = result.diagnostics.filter(({ code }) => named || !ONLY_NEWS_WHEN_NAMED.has(code));
      this.#diagnostics.push(...news);
      return { result: { ...result, diagnostics: news }, original: file.source.text, file };
    } catch (error) {
      if (!(error instanceof RewriteError)) throw error;
      if (named || !ONLY_NEWS_WHEN_NAMED.has(error.code)) this.#diagnostics.push(error.diagnostic);
      return undefined;
    }
  }

  #modules(file: OpenFile, named: boolean): RewriteOptions {
    if (this.request.transform !== "library" || !named) return {};
    return { modules: importedModules(file, this.request.tsconfig, this.around.cwd) };
  }

  async #options(location: string): Promise<RewriteOptions> {
    const { transform, description } = this.request;
    if (transform !== "adopt") return { transform };
    const service = this.request.service ?? (await packageName(dirname(location)));
    return { transform, ...(service && { service }), ...(description && { description }) };
  }

  /** All checks come before the first write: a run that fails has written nothing. */
  async #write(outcomes: readonly Outcome[]): Promise<void> {
    const changes: Change[] = [];
    for (const { file, result } of outcomes) {
      if (file === undefined) continue;
      const { path } = file.source;
      const { expect, force } = this.request;
      if (expect !== undefined && expect !== file.sha256) throw failure("LAC1015", path);
      if (!force && (await hasUncommittedChanges(file.location))) throw failure("LAC1019", path);
      await checkWritable(file);
      changes.push({ file, text: result.text });
    }
    if (changes.length > 0) await writeAll(changes, this.around.cwd);
  }

  async #revert(): Promise<number> {
    const reverted = await revertLast(this.around.cwd, this.request.force);
    const { json, quiet } = this.request;
    if (json) this.#print({ reverted, diagnostics: [] });
    else if (!quiet)
      this.around.stderr.write(
        `Reverted ${reverted.length === 0 ? "nothing: the originals were back already" : reverted.join(", ")}\n`,
      );
    return 0;
  }

  #print(value: unknown): void {
    this.around.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  #show(outcomes: readonly Outcome[]): void {
    const { json, stdout, quiet } = this.request;
    if (json) {
      this.#showJson(outcomes);
      return;
    }
    const first = outcomes[0];
    if (stdout && first && !this.#failed) this.around.stdout.write(first.result.text);
    else if (!stdout && !quiet) this.#showDiffs(outcomes);
    const colors = colorsFor(this.around.stderr, this.around.env, this.request.color);
    const shown = this.#diagnostics.filter(({ severity }) => severity === "error" || !quiet);
    for (const diagnostic of shown) this.around.stderr.write(describe(diagnostic, colors));
    if (!quiet && !stdout) this.around.stderr.write(`${this.#summary(outcomes)}\n`);
  }

  #showDiffs(outcomes: readonly Outcome[]): void {
    const colors = colorsFor(this.around.stdout, this.around.env, this.request.color);
    for (const { result, original } of outcomes) {
      const diff = unifiedDiff(result.path, original, result.text);
      if (diff !== "") this.around.stdout.write(paint(diff, colors));
    }
  }

  #summary(outcomes: readonly Outcome[]): string {
    const changed = outcomes.filter(({ result }) => result.changed);
    const edits = changed.reduce((sum, { result }) => sum + result.edits.length, 0);
    const errors = this.#diagnostics.filter(({ severity }) => severity === "error").length;
    const files = `${changed.length} of ${plural(outcomes.length, "file")}`;
    if (errors > 0) return `${plural(errors, "error")}; nothing was written`;
    if (changed.length === 0) return `Nothing to change in ${plural(outcomes.length, "file")}`;
    if (this.request.write) return `Changed ${files} (${plural(edits, "edit")}); --revert takes it back`;
    return `Would change ${files} (${plural(edits, "edit")}); --write applies it`;
  }

  #showJson(outcomes: readonly Outcome[]): void {
    const written = this.request.write && !this.#failed;
    const files = outcomes.map(({ result, original }) => ({
      path: result.path,
      changed: result.changed,
      written: written && result.changed,
      sha256: hash(original),
      edits: result.edits,
      diagnostics: result.diagnostics,
      diff: unifiedDiff(result.path, original, result.text),
      map: result.changed ? result.map : null,
    }));
    this.#print({ version: 1, transform: this.request.transform, files, diagnostics: this.#diagnostics });
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The nearest package.json's name, without its scope. */
async function packageName(folder: string): Promise<string | undefined> {
  const text = await readFile(resolve(folder, "package.json"), "utf8").catch(() => undefined);
  const above = dirname(folder);
  if (text === undefined) return above === folder ? undefined : await packageName(above);
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === "string" ? name.replace(/^@[^/]+\//, "") : undefined;
  } catch {
    return undefined;
  }
}
