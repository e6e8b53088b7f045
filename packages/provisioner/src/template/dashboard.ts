import { CloudWatchDashboard } from "@awboost/cfn-resource-types/AWS-CloudWatch-Dashboard";
import type { FunctionDefinition } from "../service.js";
import { deployedName } from "./names.js";
import { shimDimensions, sinkOf } from "./published-metrics.js";
import { packageOf, sub, type Scope } from "./scope.js";

/** As CloudWatch writes it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
interface Widget {
  readonly type: "text" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A line of a graph: namespace, metric, dimensions and how it is drawn. */
type Line = readonly unknown[];

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Columns of a dashboard. */
const COLUMNS = 24;
const GRAPH_HEIGHT = 7;
const HEADER_HEIGHT = 2;
const PERIOD_SECONDS = 300;
const PERCENTILES = ["p50", "p90", "p99"];

/** A dashboard with a row of graphs for the functions of each shim. */
export function addDashboard(scope: Scope, functions: readonly FunctionDefinition[]): void {
  if (!scope.monitoring.dashboard) return;
  const body = JSON.stringify({ widgets: widgetsOf(scope, functions) });
  scope.template.add(
    new CloudWatchDashboard("Dashboard", {
      DashboardName: scope.stackName,
      DashboardBody: sub(body) as string,
    }),
    "the dashboard",
  );
}

function widgetsOf(scope: Scope, functions: readonly FunctionDefinition[]): Widget[] {
  const widgets: Widget[] = [];
  let y = 0;
  for (const { header, graphs } of rowsOf(scope, functions)) {
    widgets.push(text(header, y));
    y += HEADER_HEIGHT;
    const width = COLUMNS / graphs.length;
    graphs.forEach((graph, index) => widgets.push(metricWidget(graph, { x: index * width, y, width })));
    y += GRAPH_HEIGHT;
  }
  return widgets;
}

interface Row {
  readonly header: string;
  readonly graphs: readonly Graph[];
}

function rowsOf(scope: Scope, functions: readonly FunctionDefinition[]): Row[] {
  const shims = [...new Set(functions.map((definition) => packageOf(scope, definition).name))];
  return shims.flatMap((shim) => {
    const own = functions.filter((definition) => packageOf(scope, definition).name === shim);
    const published = own.filter((definition) => sinkOf(scope, definition) !== "none");
    const others = own.filter((definition) => sinkOf(scope, definition) === "none");
    return [
      ...(published.length > 0 ? [{ header: `## ${shim}`, graphs: shimGraphs(scope, published) }] : []),
      ...(others.length > 0
        ? [{ header: `## ${shim}\n${WITHOUT_METRICS}`, graphs: lambdaGraphs(scope, others) }]
        : []),
    ];
  });
}

const WITHOUT_METRICS = "Cold starts and memory are shown once `provision.metrics` is set.";

/** What the shims publish. Failures that end the process, such as timeouts, are Lambda's to count. */
function shimGraphs(scope: Scope, functions: readonly FunctionDefinition[]): Graph[] {
  const lines = (metric: string, ...statistics: string[]) =>
    functions.flatMap((definition) => {
      const dimensions = Object.entries(shimDimensions(scope, definition)).flat();
      return statistics.map((stat) => [
        literal(scope.namespace),
        metric,
        ...dimensions.map(literal),
        drawn(definition, stat, statistics.length > 1),
      ]);
    });
  return [
    { title: "Cold starts", lines: lines("ColdStart", "Sum") },
    { title: "Latency", lines: lines("DispatchDuration", ...PERCENTILES) },
    {
      title: "Errors by type, all errors, throttles",
      lines: [
        ...functions.map((definition) => [{ expression: errorsByType(scope, definition) }]),
        ...failures(scope, functions),
      ],
    },
    { title: "Memory", lines: lines("MemoryUsed", "Maximum") },
  ];
}

function errorsByType(scope: Scope, definition: FunctionDefinition): string {
  const name = deployedName(scope.stackName, definition.name);
  const schema = `{"${literal(scope.namespace)}",Path,Name,ErrorType}`;
  return `SEARCH('${schema} MetricName="Errors" Name="${literal(name)}"', 'Sum', ${PERIOD_SECONDS})`;
}

/** What Lambda itself publishes of every function. */
function lambdaGraphs(scope: Scope, functions: readonly FunctionDefinition[]): Graph[] {
  return [
    { title: "Invocations", lines: lambdaLines(scope, functions, "Invocations", "Sum") },
    { title: "Duration", lines: lambdaLines(scope, functions, "Duration", ...PERCENTILES) },
    { title: "Errors, throttles", lines: failures(scope, functions) },
    {
      title: "Concurrent executions",
      lines: lambdaLines(scope, functions, "ConcurrentExecutions", "Maximum"),
    },
  ];
}

function failures(scope: Scope, functions: readonly FunctionDefinition[]): Line[] {
  return ["Errors", "Throttles"].flatMap((metric) =>
    functions.map((definition) => [
      ...lambdaMetric(scope, definition, metric),
      { stat: "Sum", label: `${literal(definition.name)} ${metric}` },
    ]),
  );
}

function lambdaLines(
  scope: Scope,
  functions: readonly FunctionDefinition[],
  metric: string,
  ...statistics: string[]
): Line[] {
  return functions.flatMap((definition) =>
    statistics.map((stat) => [
      ...lambdaMetric(scope, definition, metric),
      drawn(definition, stat, statistics.length > 1),
    ]),
  );
}

function lambdaMetric(scope: Scope, definition: FunctionDefinition, metric: string): Line {
  return ["AWS/Lambda", metric, "FunctionName", literal(deployedName(scope.stackName, definition.name))];
}

function drawn({ name }: FunctionDefinition, stat: string, isOneOfSeveral: boolean): object {
  return { stat, label: isOneOfSeveral ? `${literal(name)} ${stat}` : literal(name) };
}

function text(markdown: string, y: number): Widget {
  return { type: "text", x: 0, y, width: COLUMNS, height: HEADER_HEIGHT, properties: { markdown } };
}

function metricWidget({ title, lines }: Graph, place: { x: number; y: number; width: number }): Widget {
  const properties = {
    title,
    metrics: lines,
    region: "${AWS::Region}",
    view: "timeSeries",
    period: PERIOD_SECONDS,
  };
  return { type: "metric", ...place, height: GRAPH_HEIGHT, properties };
}

/** A text in which nothing is a name of the template. */
const literal = (text: string): string => text.replaceAll("${", "${!");
