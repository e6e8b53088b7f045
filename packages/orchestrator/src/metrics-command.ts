import type { Command } from "commander";
import type { Output } from "./command-report.js";
import { showMetrics } from "./commands/metrics.js";
import { interruptible } from "./interruptible.js";
import { metricText } from "./metrics/metric-text.js";
import type { Reporter } from "./reporter.js";

interface MetricsFlags extends Output {
  readonly tail?: boolean;
  readonly name: readonly string[];
  readonly others: boolean;
}

/** Adds `laconic metrics`'s arguments and flags, and what it does; `act` runs the work and reports what it throws. */
export function describeMetrics(
  command: Command,
  act: (flags: MetricsFlags, work: (reporter: Reporter) => Promise<boolean>) => Promise<void>,
): void {
  command
    .description("print the metrics that a local run emits, in embedded metric format, for people")
    .argument("[files...]", "what the run printed; standard input when left out")
    .option("--tail", "go on with what is added to the files, until Ctrl-C")
    .option("--name <name>", "only metrics of this name, * stands for anything; may be repeated", another, [])
    .option("--no-others", "leave out lines that are not metrics, which go to stderr")
    .addHelpText("after", HELP)
    .action((files: readonly string[], flags: MetricsFlags) =>
      act(flags, async (reporter) => {
        const isWaiting = files.length === 0 && process.stdin.isTTY;
        if (isWaiting) reporter.line("Reading standard input, until Ctrl-D.");
        await interruptible((signal) =>
          showMetrics({
            files,
            tail: flags.tail ?? false,
            names: flags.name,
            signal,
            onMetrics: (metrics) =>
              flags.json
                ? metrics.forEach((metric) => process.stdout.write(`${JSON.stringify(metric)}\n`))
                : reporter.result(metricText(metrics)),
            onProblem: (problem) => reporter.warned(`CloudWatch would not take all of a line: ${problem}`),
            onOther: (line) => void (flags.others && process.stderr.write(line)),
          }),
        );
        return true;
      }),
    );
}

const HELP = `
The log of a function that laconic invoke runs goes to stderr:

  npx @laconic/cli invoke app.ts hello '{}' 2>&1 | npx @laconic/cli metrics
  npx @laconic/cli metrics --tail run.log --name "Orders*"
  npx @laconic/cli logs --tail --json | npx @laconic/cli metrics --no-others

--json prints one object a line for each metric: timestamp, namespace, name, unit, resolution, dimensions, values.
`;

function another(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, text];
}
