import { readFile } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { dirname, resolve } from "node:path";
import { fileProblem, type Diagnostic } from "../diagnostics.js";
import { RewriteError } from "../errors.js";
import { checkWritable, decode, failure, hash, MAX_BYTES, openFile, type OpenFile } from "../file.js";
import { writesIn, type Change } from "../journal.js";
import { revertLast } from "../revert.js";
import { callsOutsideEntry, rewrite, type RewriteOptions, type RewriteResult } from "../rewrite.js";
import { writeAll } from "../write-all.js";
import { colorsFor } from "./colors.js";
import { parseCommandLine, type Request } from "./command-line.js";
import { uncommittedAmong } from "./git.js";
import { importedModules } from "./imported-modules.js";
import { paint, unifiedDiff } from "./preview.js";
import { describe } from "./report.js";
import { countsOf, summaryOf } from "./summary.js";
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

export interface Outcome {
  readonly result: RewriteResult;
  readonly original: string;
  /** Absent for stdin. */
  readonly file?: OpenFile;
}

/** Diagnostics that say "not this kind of file", which among the files of a pattern is no news. */
const ONLY_NEWS_WHEN_NAMED = new Set([
  "LAC1001",
  "LAC1011",
  "LAC1013",
  "LAC1031",
  "LAC1040",
  "LAC1045",
  "LAC1054",
]);

/** One run of the command line. @returns the exit code */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const line = parseCommandLine(args, around.version, around.cwd);
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
  readonly #written = new Set<string>();

  constructor(
    private readonly request: Request,
    private readonly around: Surroundings,
  ) {}

  async start(): Promise<number> {
    try {
      if (this.request.revert) return await this.#revert();
      const outcomes = this.request.stdin ? [await this.#stdin()] : await this.#files();
      const changed = outcomes.filter(({ result }) => result.changed);
      const { write, keepGoing } = this.request;
      if (write && (keepGoing || !this.#failed)) await this.#write(changed);
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
    const selection = await select(files, tsconfig, cwd, this.request.ignore);
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

  /** All checks come before the first write: a run that fails has written nothing, but with --keep-going the other files. */
  async #write(outcomes: readonly Outcome[]): Promise<void> {
    const files = outcomes.flatMap(({ file, result }) => (file ? [{ file, text: result.text }] : []));
    const dirty = this.request.force ? new Set<string>() : await this.#dirty(files);
    const changes: Change[] = [];
    for (const change of files) {
      try {
        await this.#check(change.file, dirty);
        changes.push(change);
      } catch (error) {
        if (!(error instanceof RewriteError) || !this.request.keepGoing) throw error;
        this.#diagnostics.push(error.diagnostic);
      }
    }
    if (changes.length > 0) await writeAll(changes, this.around.cwd);
    for (const { file } of changes) this.#written.add(file.source.path);
  }

  async #check(file: OpenFile, dirty: ReadonlySet<string>): Promise<void> {
    const { path } = file.source;
    const { expect } = this.request;
    if (expect !== undefined && expect !== file.sha256) throw failure("LAC1015", path);
    if (dirty.has(file.location)) throw failure("LAC1019", path);
    await checkWritable(file);
  }

  /** Files that git could not give back. What an earlier write of this command left, --revert gives back. */
  async #dirty(files: readonly Change[]): Promise<Set<string>> {
    const changed = await uncommittedAmong(files.map(({ file }) => file.location));
    if (changed.size === 0) return changed;
    const own = new Map<string, string>();
    for (const write of await writesIn(this.around.cwd))
      for (const { path, after } of write.files) own.set(resolve(this.around.cwd, path), after);
    for (const { file } of files) if (own.get(file.location) === file.sha256) changed.delete(file.location);
    return changed;
  }

  async #revert(): Promise<number> {
    const { paths: reverted, diagnostics } = await revertLast(this.around.cwd, this.request.force);
    const { json, jsonl, quiet } = this.request;
    if (json || jsonl) this.#print({ reverted, diagnostics });
    if (json || jsonl || quiet) return 0;
    const colors = colorsFor(this.around.stderr, this.around.env, this.request.color);
    for (const diagnostic of diagnostics) this.around.stderr.write(describe(diagnostic, colors));
    const what = reverted.length === 0 ? "nothing: the originals were back already" : reverted.join(", ");
    this.around.stderr.write(`Reverted ${what}\n`);
    return 0;
  }

  #print(value: unknown): void {
    this.around.stdout.write(`${JSON.stringify(value, null, this.request.jsonl ? undefined : 2)}\n`);
  }

  #show(outcomes: readonly Outcome[]): void {
    const { json, jsonl, stdout, quiet } = this.request;
    if (json || jsonl) {
      this.#showJson(outcomes);
      return;
    }
    const first = outcomes[0];
    if (stdout && first && !this.#failed) this.around.stdout.write(first.result.text);
    else if (!stdout && !quiet) this.#showDiffs(outcomes);
    const colors = colorsFor(this.around.stderr, this.around.env, this.request.color);
    const shown = this.#diagnostics.filter(({ severity }) => severity === "error" || !quiet);
    for (const diagnostic of shown) this.around.stderr.write(describe(diagnostic, colors));
    if (!quiet && !stdout)
      this.around.stderr.write(`${summaryOf(this.request, outcomes, this.#diagnostics, this.#written)}\n`);
  }

  #showDiffs(outcomes: readonly Outcome[]): void {
    const colors = colorsFor(this.around.stdout, this.around.env, this.request.color);
    for (const { result, original } of outcomes) {
      const diff = unifiedDiff(result.path, original, result.text);
      if (diff !== "") this.around.stdout.write(paint(diff, colors));
    }
  }

  #showJson(outcomes: readonly Outcome[]): void {
    const { transform, jsonl } = this.request;
    const files = outcomes.map(({ result, original }) => ({
      path: result.path,
      changed: result.changed,
      written: this.#written.has(result.path),
      sha256: hash(original),
      edits: result.edits,
      diagnostics: result.diagnostics,
      diff: unifiedDiff(result.path, original, result.text),
      map: result.changed ? result.map : null,
    }));
    const counts = countsOf(outcomes, this.#diagnostics, this.#written);
    if (!jsonl) {
      this.#print({ version: 1, transform, files, diagnostics: this.#diagnostics, counts });
      return;
    }
    for (const file of files) this.#print(file);
    this.#print({ version: 1, transform, counts, diagnostics: this.#diagnostics });
  }
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
