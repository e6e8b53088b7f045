import { METRIC_SINKS, type MetricSinkName } from "../monitoring.js";
import type { FunctionDefinition } from "../service.js";
import { deployedName } from "./names.js";
import { type PolicyStatement, type Scope } from "./scope.js";

/** Chooses the sink of an app's metrics, and switches on those of the shims. */
export const SINK_VARIABLE = "LACONIC_METRICS";

/** Where the shims publish, and `createMetrics({ service })`. */
export function serviceNamespace(service: string): string {
  return `Sparta/${service}`;
}

/** A function's sink: its own variable comes before the stack's. `none` when it publishes nothing, or nobody knows. */
export function sinkOf({ monitoring }: Scope, { options }: FunctionDefinition): MetricSinkName {
  const own = options.environment?.[SINK_VARIABLE];
  const sink = own ?? monitoring.metrics ?? "none";
  return METRIC_SINKS.find((name) => name === sink) ?? "none";
}

/** The dimensions that its shim gives a function's metrics. */
export function shimDimensions({ stackName }: Scope, { name }: FunctionDefinition): Record<string, string> {
  return { Path: name, Name: deployedName(stackName, name) };
}

/** Namespaces that the functions may write into. */
export function namespacesOf({ namespace, monitoring }: Scope): string[] {
  return [...new Set([namespace, ...(monitoring.metricNamespaces ?? [])])];
}

/** CloudWatch's metrics have no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export function publishStatements(scope: Scope, definition: FunctionDefinition): PolicyStatement[] {
  const sink = sinkOf(scope, definition);
  if (sink !== "cloudwatch" && sink !== "otlp") return [];
  // What comes by OTLP need not have a namespace of CloudWatch's.
  const operator = sink === "otlp" ? "StringEqualsIfExists" : "StringEquals";
  return [
    {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { [operator]: { "cloudwatch:namespace": namespacesOf(scope) } },
    },
  ];
}
