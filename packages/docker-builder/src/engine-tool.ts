import type { Command } from "./builder.js";
import { commandFailure } from "./command-failure.js";
import { BuilderError, type BuilderErrorCode } from "./errors.js";
import { saysFullDisk } from "./full-disk.js";
import type { Workplace } from "./workplace.js";

/** What the engine's tool says on the last line of stderr, as JSON, when it was told `--json-errors`. */
interface ToolReport {
  readonly message: string;
  readonly hint?: string;
  readonly stack?: readonly string[];
}

export interface ToolRun {
  /** The error's code when the tool reports one itself. */
  readonly code: BuilderErrorCode;
  /** What could not be done then, as the start of a sentence. */
  readonly failure: string;
  /** Where the tool writes. */
  readonly folder: string;
  /** Added to the workplace's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ToolRun {
  /** The error's code when the tool reports one itself. */
  readonly code: BuilderErrorCode;
  /** What could not be done then, as the start of a sentence. */
  readonly failure: string;
  /** Where the tool writes. */
  readonly folder: string;
  /** Added to the workplace's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs one of the engine's subcommands.
 *
 * @returns what it printed on stdout
 * @throws {BuilderError} of the given code with the tool's own report, or LAC5007 when it died without one
 */
export async function runTool(
  place: Workplace,
  command: Command,
  { code, failure, folder, env }: ToolRun,
): Promise<string> {
  const outcome = await place.run(command, env);
  if (outcome.exitCode === 0) return outcome.stdout;
  const report = reportOn(outcome.stderr);
  // The tool's own report of a full disk names no way out.
  if (!report || saysFullDisk(report.message))
    throw await commandFailure(outcome, place, { code: "LAC5007", failure, command, folder });
  const { message, stack } = report;
  const hint = [report.hint, await place.lacks()].filter(Boolean).join(" ");
  throw new BuilderError(code, `${failure}: ${message}`, {
    ...(stack?.length && { frame: stack.join("\n") }),
    ...(hint && { hint }),
  });
}

/** Only the last line: what comes before it is the app's own console. */
function reportOn(stderr: string): ToolReport | undefined {
  try {
    return JSON.parse(stderr.trim().split("\n").at(-1) ?? "") as ToolReport;
  } catch {
    return undefined;
  }
}

/**
 * Reads the JSON on the last line of a tool's output: what comes before it is the app's own console.
 *
 * @throws {BuilderError} LAC5007 when it is not JSON
 */
export function parse<T>(output: string, { file, args }: Command): T {
  try {
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as T;
  } catch (cause) {
    throw new BuilderError(
      "LAC5007",
      `The engine's tool answered what is not JSON: ${file} ${args.join(" ")}`,
      { frame: output.slice(0, 400), cause },
    );
  }
}
