/** A metric of one line, under each of its sets of dimensions. */
export interface EmittedMetric {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly namespace: string;
  readonly name: string;
  /** One of CloudWatch's units. */
  readonly unit: string;
  /** 1 when CloudWatch stores it by the second. */
  readonly resolution: 1 | 60;
  readonly dimensions: readonly Readonly<Record<string, string>>[];
  readonly values: readonly number[];
}

/** A line of embedded metric format. */
export interface EmfLine {
  readonly metrics: readonly EmittedMetric[];
  /** What of it CloudWatch would leave out without a word, and why. */
  readonly problems: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const MOST_METRICS = 100;
const MOST_VALUES = 100;
const MOST_DIMENSIONS = 30;

/** Braces in front of a document that are tried as its beginning: a long line that is none must not take forever. */
const MOST_BEGINNINGS = 32;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the metrics of a line. What logs put before a document is no part of it, and a log that is JSON itself may hold it in
 * `message` or `text`.
 *
 * @returns undefined when the line is not embedded metric format
 */
export function readEmfLine(line: string): EmfLine | undefined {
  if (!line.includes("_aws")) return undefined;
  const document = documentIn(line);
  return document === undefined ? undefined : metricsOf(document);
}

function documentIn(line: string): Json | undefined {
  // Before the document may stand a bracket of its own, as in a log's prefix.
  let at = line.indexOf("{");
  for (let tried = 0; at >= 0 && tried < MOST_BEGINNINGS; tried++) {
    const value = parsed(line.slice(at));
    if (value !== undefined) return withMetrics(value);
    at = line.indexOf("{", at + 1);
  }
  return undefined;
}

function withMetrics(value: Json): Json | undefined {
  if (isObject(value["_aws"])) return Array.isArray(value["_aws"]["CloudWatchMetrics"]) ? value : undefined;
  const inside = value["message"] ?? value["text"];
  if (isObject(inside)) return withMetrics(inside);
  return typeof inside === "string" ? documentIn(inside) : undefined;
}

function metricsOf(document: Json): EmfLine {
  const { Timestamp, CloudWatchMetrics } = document["_aws"] as Json;
  const problems: string[] = [];
  if (typeof Timestamp !== "number") problems.push("it has no Timestamp");
  const metrics = (CloudWatchMetrics as unknown[]).filter(isObject).flatMap((directive) => {
    const { Namespace, Metrics, Dimensions } = directive;
    if (typeof Namespace !== "string") problems.push("it has no Namespace");
    const dimensions = dimensionsOf(document, Dimensions, problems);
    const definitions = Array.isArray(Metrics) ? Metrics.filter(isObject) : [];
    if (definitions.length > MOST_METRICS)
      problems.push(`it has ${definitions.length} metrics, more than ${MOST_METRICS}`);
    return definitions.flatMap(({ Name, Unit, StorageResolution }) => {
      const values = valuesOf(document, String(Name), problems);
      if (values === undefined) return [];
      return {
        timestamp: Number(Timestamp),
        namespace: String(Namespace),
        name: String(Name),
        unit: typeof Unit === "string" ? Unit : "None",
        resolution: StorageResolution === 1 ? (1 as const) : (60 as const),
        dimensions,
        values,
      };
    });
  });
  return { metrics, problems };
}

function valuesOf(document: Json, name: string, problems: string[]): readonly number[] | undefined {
  const found = Object.hasOwn(document, name) ? document[name] : undefined;
  const values: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (found === undefined) problems.push(`${name} has no value`);
  else if (!values.every((value) => typeof value === "number"))
    problems.push(`${name} is ${JSON.stringify(found)}, not a number`);
  else {
    if (values.length > MOST_VALUES)
      problems.push(`${name} has ${values.length} values, more than ${MOST_VALUES}`);
    return values as readonly number[];
  }
  return undefined;
}

function dimensionsOf(document: Json, sets: unknown, problems: string[]): Record<string, string>[] {
  const lists = Array.isArray(sets) ? sets.filter((set): set is unknown[] => Array.isArray(set)) : [];
  return lists.map((names) => {
    if (names.length > MOST_DIMENSIONS)
      problems.push(`a metric has ${names.length} dimensions, more than ${MOST_DIMENSIONS}`);
    const entries = names.map(String).flatMap((name) => {
      const value = Object.hasOwn(document, name) ? document[name] : undefined;
      if (typeof value === "string") return [[name, value] as const];
      problems.push(`the dimension ${name} has no text for a value`);
      return [];
    });
    return Object.fromEntries(entries);
  });
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
