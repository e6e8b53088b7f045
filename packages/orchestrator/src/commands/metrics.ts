import { readEmfLine, type EmittedMetric } from "../metrics/emf-line.js";
import { followFileLines, readFileLines, readLines } from "../metrics/lines.js";

export interface MetricsOptions {
  /** Texts with metrics; standard input when there are none. */
  readonly files: readonly string[];
  /** Goes on with what is added to the files, until the signal is aborted. */
  readonly tail: boolean;
  /** Names of metrics, in which `*` stands for anything; all when there are none. */
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  /** Told the metrics of each line that has some of those names. */
  readonly onMetrics: (metrics: readonly EmittedMetric[]) => void;
  /** Told what CloudWatch would leave out of a line without a word. */
  readonly onProblem: (problem: string) => void;
  /** Given each line that is not metrics, with its line break. */
  readonly onOther: (line: Buffer) => void;
}

/** Finds the metrics in what a local run printed. @throws {LaconicError} LAC8010 */
export async function showMetrics(options: MetricsOptions): Promise<void> {
  const { files, tail, signal } = options;
  const onLine = lineReader(options);
  if (files.length === 0) {
    // Ends the wait for a terminal, or for a run that goes on.
    signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
    return readLines(process.stdin, onLine).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  if (tail) await Promise.all(files.map((file) => followFileLines(file, onLine, signal)));
  else for (const file of files) await readFileLines(file, onLine);
}

function lineReader({ names, onMetrics, onProblem, onOther }: MetricsOptions): (line: Buffer) => void {
  const isAsked = matcher(names);
  return (line) => {
    const read = readEmfLine(line.toString());
    if (read === undefined) return onOther(line);
    for (const problem of read.problems) onProblem(problem);
    const metrics = read.metrics.filter(({ name }) => isAsked(name));
    if (metrics.length > 0) onMetrics(metrics);
  };
}

function matcher(names: readonly string[]): (name: string) => boolean {
  if (names.length === 0) return () => true;
  const patterns = names.map((name) => name.split("*").map(escaped).join(".*"));
  const pattern = new RegExp(`^(?:${patterns.join("|")})$`, "s");
  return (name) => pattern.test(name);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
