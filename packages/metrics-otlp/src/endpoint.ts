import type { Environment } from "./environment.js";
import { notSent } from "./errors.js";
import { keyValues } from "./key-values.js";

/** What a request is signed for. */
export interface SigV4 {
  readonly service: string;
  readonly region: string;
}

export interface EndpointOptions {
  /** The whole URL. Default: as OpenTelemetry's variables say, else a collector on this machine. */
  readonly endpoint?: string | undefined;
  /** Beside those of OpenTelemetry's variables. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Signs requests to an endpoint that is not CloudWatch's own by name, such as a VPC's. */
  readonly sigv4?: SigV4 | undefined;
}

export interface Endpoint {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly sigv4: SigV4 | undefined;
}

const COLLECTOR = "http://localhost:4318";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html */
const CLOUDWATCH = /^monitoring\.([a-z0-9-]+)\.(amazonaws\.com(\.cn)?|api\.aws)$/;

/** Where requests go. The variables are those of https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function endpointOf(options: EndpointOptions, env: Environment): Endpoint {
  const url = urlOf(options.endpoint ?? (env["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] || fromBase(env)));
  const headers = {
    ...keyValues(env["OTEL_EXPORTER_OTLP_HEADERS"]),
    ...keyValues(env["OTEL_EXPORTER_OTLP_METRICS_HEADERS"]),
    ...options.headers,
  };
  return { url, headers, sigv4: options.sigv4 ?? cloudWatch(url) };
}

/** The variable for all signals holds what their paths are appended to. */
function fromBase(env: Environment): string {
  return `${(env["OTEL_EXPORTER_OTLP_ENDPOINT"] || COLLECTOR).replace(/\/$/, "")}/v1/metrics`;
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw notSent(`the endpoint "${text}" is not the URL of an HTTP server`);
}

function cloudWatch({ hostname }: URL): SigV4 | undefined {
  const region = CLOUDWATCH.exec(hostname)?.[1];
  return region === undefined ? undefined : { service: "monitoring", region };
}
