import type { Command } from "commander";
import { errorAsJson, isCodedError, Reporter } from "./reporter.js";

/** Exit codes: 0 done, 1 it failed or there are differences, 2 the command line is wrong, 130 interrupted. */
const FAILED = 1;
export const USAGE = 2;
const INTERRUPTED = 130;

export interface Output {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function withOutput(command: Command): Command {
  return command
    .option("--json", "print the result, or the error, as JSON")
    .option("-q, --quiet", "print no progress");
}

/** Runs a command's work and turns what it throws into the user's message; the only place that does. */
export async function report(
  options: Output,
  work: (reporter: Reporter) => Promise<boolean>,
): Promise<number> {
  const reporter = new Reporter(process.stderr, Boolean(options.quiet ?? options.json));
  try {
    return (await work(reporter)) ? 0 : FAILED;
  } catch (error) {
    if (options.json) printJson({ error: errorAsJson(error) });
    else reporter.error(error);
    return isCodedError(error) && /^LAC(8009|9037)$/.test(error.code) ? INTERRUPTED : FAILED;
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
