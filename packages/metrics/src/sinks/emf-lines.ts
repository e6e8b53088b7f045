import { EMF_LINE_BYTES, EMF_METRICS, EMF_VALUES } from "../limits.js";
import type { MetricSeries, MetricSet } from "../metric-set.js";

export interface EmfLine {
  /** JSON without a line break. */
  readonly text: string;
  /** How many values it holds. */
  readonly values: number;
}

/**
 * A set in CloudWatch's embedded metric format, in as many lines as its limits ask for. Metrics of the same dimensions
 * share a line. A repeated value is written as often as it was added: the format has no counts.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function* emfLines(set: MetricSet): Generator<EmfLine> {
  for (const group of byDimensions(set.series)) yield* linesOf(set, group);
}

/** Takes one chunk of each metric in turn, so that metrics with many values fill lines side by side. */
function* linesOf(set: MetricSet, group: readonly MetricSeries[]): Generator<EmfLine> {
  const frame = new Frame(set, group[0]!.dimensions);
  let open = group.map((series) => ({ series, chunks: chunksOf(series) }));
  while (open.length > 0) {
    const left: typeof open = [];
    let line = new Line(frame);
    for (const entry of open) {
      const { value: chunk, done } = entry.chunks.next();
      if (done) continue;
      left.push(entry);
      const part = new Part(entry.series, chunk);
      if (!line.takes(part)) {
        yield line.finish();
        line = new Line(frame);
      }
      line.put(part);
    }
    if (!line.isEmpty) yield line.finish();
    open = left;
  }
}

/** What every line of a group has: all strings are ASCII, so a length is a number of bytes. */
class Frame {
  readonly head: string;
  readonly members: string;

  constructor({ namespace, timestamp }: MetricSet, dimensions: ReadonlyMap<string, string>) {
    const names = JSON.stringify([...dimensions.keys()]);
    this.head =
      `{"_aws":{"Timestamp":${Math.trunc(timestamp)},"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},` +
      `"Dimensions":[${names}],"Metrics":[`;
    this.members = [...dimensions]
      .map(([name, value]) => `,${member(name)}${JSON.stringify(value)}`)
      .join("");
  }
}

const TAIL = "]}]}";

/** One metric in a line: its definition, and its values as a member of the root. */
class Part {
  readonly definition: string;
  readonly target: string;

  constructor(
    readonly series: MetricSeries,
    readonly chunk: readonly number[],
  ) {
    const { name, unit, resolution } = series;
    const high = resolution === 1 ? ',"StorageResolution":1' : "";
    this.definition = `{"Name":${JSON.stringify(name)},"Unit":"${unit}"${high}}`;
    this.target = `,${member(name)}${chunk.length === 1 ? String(chunk[0]) : `[${chunk.join(",")}]`}`;
  }

  get bytes(): number {
    return this.definition.length + 1 + this.target.length;
  }
}

class Line {
  private readonly parts: Part[] = [];
  private readonly names = new Set<string>();
  private bytes: number;
  private values = 0;

  constructor(private readonly frame: Frame) {
    this.bytes = frame.head.length + TAIL.length + frame.members.length + 2;
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  takes(part: Part): boolean {
    if (this.isEmpty) return true;
    const hasRoom = this.parts.length < EMF_METRICS && this.bytes + part.bytes <= EMF_LINE_BYTES;
    return hasRoom && !this.names.has(part.series.name);
  }

  put(part: Part): void {
    this.parts.push(part);
    this.names.add(part.series.name);
    this.bytes += part.bytes;
    this.values += part.chunk.length;
  }

  finish(): EmfLine {
    const definitions = this.parts.map(({ definition }) => definition).join(",");
    const targets = this.parts.map(({ target }) => target).join("");
    const text = `${this.frame.head}${definitions}${TAIL}${this.frame.members}${targets}}`;
    return { text, values: this.values };
  }
}

const member = (name: string): string => `${JSON.stringify(name)}:`;

/** The values of a series, repeated ones as often as they were added, in lists that a line may hold. */
function* chunksOf({ values }: MetricSeries): Generator<number[], undefined> {
  let chunk: number[] = [];
  for (const [value, count] of values) {
    for (let left = count; left > 0;) {
      const taken = Math.min(left, EMF_VALUES - chunk.length);
      for (let index = 0; index < taken; index++) chunk.push(value);
      left -= taken;
      if (chunk.length < EMF_VALUES) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

function byDimensions(series: readonly MetricSeries[]): MetricSeries[][] {
  const groups = new Map<string, MetricSeries[]>();
  // Most series of a scope share one map.
  const keys = new Map<ReadonlyMap<string, string>, string>();
  for (const one of series) {
    const key = keys.get(one.dimensions) ?? keyOf(one.dimensions);
    keys.set(one.dimensions, key);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

const keyOf = (dimensions: ReadonlyMap<string, string>): string =>
  JSON.stringify([...dimensions].sort(([a], [b]) => (a < b ? -1 : 1)));
