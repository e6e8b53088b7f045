import { Option, type Command } from "commander";
import { errorAsJson, isCodedError, Reporter } from "./reporter.js";

/** Exit codes: 0 done, 1 it failed or there are differences, 2 the command line is wrong, 130 interrupted. */
const FAILED = 1;
export const USAGE = 2;
const INTERRUPTED = 130;

export interface Output {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly level?: Level;
}

/** How much of the progress is printed; each level prints what those before it do. */
const LEVELS = ["error", "warn", "info", "debug"] as const;
type Level = (typeof LEVELS)[number];

export function withOutput(command: Command): Command {
  return command
    .option("--json", "print the result, or the error, as JSON")
    .option("-q, --quiet", "print no progress")
    .addOption(
      new Option(
        "-l, --level <level>",
        "what to print besides the result: warn leaves out progress, debug adds calls to AWS",
      )
        .choices(LEVELS)
        .conflicts("quiet"),
    );
}

/** Runs a command's work and turns what it throws into the user's message; the only place that does. */
export async function report(
  options: Output,
  work: (reporter: Reporter) => Promise<boolean>,
): Promise<number> {
  const reporter = new Reporter(process.stderr, levelOf(options));
  try {
    return (await work(reporter)) ? 0 : FAILED;
  } catch (error) {
    if (options.json) printJson({ error: errorAsJson(error) });
    else reporter.error(error);
    return isCodedError(error) && /^LAC(8009|9037)$/.test(error.code) ? INTERRUPTED : FAILED;
  }
}

function levelOf({ json, quiet, level }: Output): Level {
  return level ?? (quiet || json ? "error" : "info");
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
