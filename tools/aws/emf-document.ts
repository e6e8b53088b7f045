import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { limits } from "@laconic/metrics";

const { EMF_LINE_BYTES, EMF_METRICS, EMF_VALUES } = limits;

const schema = JSON.parse(readFileSync(new URL("emf.schema.json", import.meta.url), "utf8")) as object;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

/** One value of a metric, with all that tells the metric from others. */
export interface Occurrence {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly resolution: number;
  readonly dimensions: Iterable<readonly [string, string]>;
  readonly value: number;
  readonly count: number;
}

interface Document {
  readonly [member: string]: unknown;
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly {
        readonly Name: string;
        readonly Unit?: string;
        readonly StorageResolution?: number;
      }[];
    }[];
  };
}

/**
 * Reads a line as CloudWatch does: by AWS's schema, and by what the specification says beside it.
 *
 * @throws {Error} when CloudWatch would not take the line, or only a part of it
 */
export function readLine(line: string): Occurrence[] {
  if (line.includes("\n")) throw new Error("a line break makes two log events of it");
  if (Buffer.byteLength(line) > EMF_LINE_BYTES)
    throw new Error(`${Buffer.byteLength(line)} bytes are too many`);
  const document = JSON.parse(line) as Document;
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors));
  return document._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    if (Metrics.length > EMF_METRICS) throw new Error(`${Metrics.length} metrics are too many`);
    if (new Set(Metrics.map(({ Name }) => Name)).size < Metrics.length)
      throw new Error("a metric is named twice");
    return Dimensions.flatMap((names) => {
      const dimensions = names.map((name) => [name, dimension(document, name)] as const);
      return Metrics.flatMap(({ Name: name, Unit: unit = "None", StorageResolution: resolution = 60 }) =>
        target(document, name).map((value) => {
          return { namespace: Namespace, name, unit, resolution, dimensions, value, count: 1 };
        }),
      );
    });
  });
}

function target(document: Document, name: string): readonly number[] {
  const found = Object.hasOwn(document, name) ? document[name] : undefined;
  const values = Array.isArray(found) ? (found as unknown[]) : [found];
  if (values.length === 0 || values.length > EMF_VALUES)
    throw new Error(`${name} has ${values.length} values`);
  if (!values.every((value) => typeof value === "number"))
    throw new Error(`${name} is ${JSON.stringify(found)}`);
  return values as number[];
}

function dimension(document: Document, name: string): string {
  const found = Object.hasOwn(document, name) ? document[name] : undefined;
  if (typeof found !== "string") throw new Error(`the dimension ${name} is ${JSON.stringify(found)}`);
  return found;
}
