import { outcomeOf } from "./outcome.js";
import type { SendAnswer } from "./queued-sink.js";
import type { WaitingPoint } from "./waiting-point.js";

/** Where points go, and as whom. */
export interface OtlpTarget {
  /**
   * The whole URL. Default: `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT`, `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/metrics`, or
   * `http://localhost:4318/v1/metrics`. CloudWatch's own endpoints get signed requests.
   */
  readonly endpoint?: string;
  /** Beside those of `OTEL_EXPORTER_OTLP_METRICS_HEADERS` and `OTEL_EXPORTER_OTLP_HEADERS`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Signs requests to an endpoint that is not CloudWatch's own by name, such as a VPC's. */
  readonly sigv4?: { readonly service: string; readonly region: string };
}

type Export = import("@laconic/metrics-otlp").Export;

/** OTLP through @laconic/metrics-otlp, which is loaded for the first request. */
export function exportPoints(
  { endpoint, headers, sigv4 }: OtlpTarget,
  timeoutMs: number,
): (namespace: string, points: readonly WaitingPoint[]) => Promise<SendAnswer> {
  let exporter: Promise<Export> | undefined;
  return async (namespace, waiting) => {
    try {
      exporter ??= loadExporter({ endpoint, headers, sigv4, timeoutMs });
      const exportAll = await exporter;
      const points = waiting.map(({ series, interval }) => ({ ...series, ...interval }));
      const { rejected, message } = await exportAll(namespace, points);
      if (rejected === 0 && message === undefined) return { outcome: "stored" };
      return { outcome: "stored", rejected, error: partialSuccess(rejected, message) };
    } catch (error) {
      const { retryAfterMs } = error as { retryAfterMs?: number };
      return { outcome: outcomeOf(error), error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    }
  };
}

/** A collector takes requests from a library that has no HTTP client otherwise, so an app has it only when it is installed. */
async function loadExporter(options: import("@laconic/metrics-otlp").ExporterOptions): Promise<Export> {
  const { openExporter } = await import("@laconic/metrics-otlp").catch(exporterMissing);
  return openExporter(options);
}

function exporterMissing(cause: unknown): never {
  const message = "@laconic/metrics-otlp cannot be loaded: install it, or use the sink emf";
  throw Object.assign(new Error(message, { cause }), { name: "ClientMissing" });
}

function partialSuccess(rejected: number, message = "without a reason"): Error {
  const text = rejected === 0 ? message : `${rejected} data points were rejected: ${message}`;
  return Object.assign(new Error(text), { name: "PartialSuccess" });
}
