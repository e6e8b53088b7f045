import {
  CloudWatchAlarm,
  type CloudWatchAlarmProperties,
} from "@awboost/cfn-resource-types/AWS-CloudWatch-Alarm";
import { ProvisionError } from "../errors.js";
import type { AlarmSettings } from "../monitoring.js";
import type { FunctionDefinition } from "../service.js";
import { deployedName, fitted, pascal } from "./names.js";
import { namespacesOf, sinkOf } from "./published-metrics.js";
import type { Scope } from "./scope.js";

/** Why `@laconic/metrics` drops values: the dimension `Reason` of the metric that it counts them in. */
const DROP_REASONS = ["overflow", "refused", "unconfirmed", "expired", "failed"];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAX_NAME = 255;

/** What an alarm watches, and from which value on it goes off. */
type Watched = Pick<
  CloudWatchAlarmProperties,
  | "AlarmDescription"
  | "Threshold"
  | "Namespace"
  | "MetricName"
  | "Dimensions"
  | "Statistic"
  | "Period"
  | "Metrics"
>;

/**
 * Alarms on the functions' errors, durations and throttles, and on metrics that were dropped. The first three are on Lambda's own
 * metrics: a shim cannot count a request that ended with its process.
 *
 * @param file where the settings are, as an error would name it
 * @throws {ProvisionError} LAC9006
 */
export function addAlarms(scope: Scope, functions: readonly FunctionDefinition[], file?: string): void {
  const { alarms } = scope.monitoring;
  if (alarms === undefined || alarms === false) return;
  const settings = alarms === true ? {} : alarms;
  const notified = topicOf(scope, settings, file);
  for (const definition of functions) {
    const owner = `alarms of function "${definition.name}"`;
    if (definition.place) scope.template.places.set(owner, definition.place);
    for (const [kind, watched] of functionAlarms(scope, definition, settings)) {
      const id = `${pascal(definition.name)}${kind}Alarm`;
      const name = `${deployedName(scope.stackName, definition.name)}-${kind.toLowerCase()}`;
      scope.template.add(alarm(id, name, watched, notified), owner);
    }
  }
  addDroppedAlarms(scope, functions, settings, notified);
}

function functionAlarms(
  { stackName }: Scope,
  { name, options }: FunctionDefinition,
  { errors = 1, duration = 0.9, throttles = 1, period = 300 }: AlarmSettings,
): (readonly [kind: string, Watched])[] {
  const lambda = (MetricName: string, Statistic: "Sum" | "Maximum"): Watched => ({
    Namespace: "AWS/Lambda",
    MetricName,
    Dimensions: [{ Name: "FunctionName", Value: deployedName(stackName, name) }],
    Statistic,
    Period: period,
  });
  const timeout = (options.timeout ?? 3) * 1000;
  const wanted: [kind: string, limit: number | false, text: string, watched: Watched][] = [
    ["Errors", errors, "requests failed", lambda("Errors", "Sum")],
    [
      "Duration",
      duration && Math.round(timeout * duration),
      `ms of the ${timeout} ms that a request may take`,
      lambda("Duration", "Maximum"),
    ],
    ["Throttles", throttles, "requests were not run", lambda("Throttles", "Sum")],
  ];
  return wanted.flatMap(([kind, limit, text, watched]) =>
    limit === false
      ? []
      : [[kind, { ...watched, Threshold: limit, AlarmDescription: `${name}: ${limit} ${text}` }] as const],
  );
}

/** One for each namespace of the app. What a collector gets by OTLP is not in CloudWatch by these names. */
function addDroppedAlarms(
  scope: Scope,
  functions: readonly FunctionDefinition[],
  { dropped = 1, period = 300 }: AlarmSettings,
  notified: unknown,
): void {
  const sinks = functions.map((definition) => sinkOf(scope, definition));
  if (dropped === false || !sinks.some((sink) => sink === "emf" || sink === "cloudwatch")) return;
  namespacesOf(scope).forEach((namespace, index) => {
    const id = `DroppedMetrics${index || ""}Alarm`;
    const name = `${scope.stackName}-dropped-metrics${index ? `-${index}` : ""}`;
    const watched = {
      AlarmDescription: `${dropped} values of metrics in ${namespace} were not stored`,
      Threshold: dropped,
      Metrics: droppedIn(namespace, period),
    };
    scope.template.add(alarm(id, name, watched, notified), "the alarm on dropped metrics");
  });
}

/** An alarm can search for no metrics, so the reasons are added up by name. */
function droppedIn(Namespace: string, Period: number): NonNullable<Watched["Metrics"]> {
  const sum = `SUM([${DROP_REASONS.map((reason) => `FILL(${reason}, 0)`).join(", ")}])`;
  return [
    { Id: "dropped", Expression: sum, Label: "dropped", ReturnData: true },
    ...DROP_REASONS.map((reason) => ({
      Id: reason,
      ReturnData: false,
      MetricStat: {
        Metric: {
          Namespace,
          MetricName: "MetricValuesDropped",
          Dimensions: [{ Name: "Reason", Value: reason }],
        },
        Period,
        Stat: "Sum",
      },
    })),
  ];
}

function alarm(id: string, name: string, watched: Watched, notified: unknown): CloudWatchAlarm {
  const actions = notified === undefined ? {} : { AlarmActions: [notified], OKActions: [notified] };
  return new CloudWatchAlarm(id, {
    AlarmName: fitted(name, MAX_NAME),
    ...watched,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    EvaluationPeriods: 1,
    // A function without requests is well.
    TreatMissingData: "notBreaching",
    ...(actions as Pick<CloudWatchAlarmProperties, "AlarmActions" | "OKActions">),
  });
}

/** The topic's ARN; undefined when nobody is to be told. */
function topicOf({ named }: Scope, { notify }: AlarmSettings, file: string | undefined): unknown {
  if (notify === undefined || notify.startsWith("arn:")) return notify;
  const found = named.get(notify);
  if (found?.type === "AWS::SNS::Topic") return found.arn;
  const topics = [...named].filter(([, { type }]) => type === "AWS::SNS::Topic").map(([name]) => name);
  throw new ProvisionError("LAC9006", `The alarms notify "${notify}", which is no SNS topic of the stack.`, {
    frame: file && `${file}: provision.alarms.notify`,
    hint:
      topics.length === 0
        ? "Name it by its ARN, or add the topic to provision.resources."
        : `The stack has: ${topics.join(", ")}. Name others by their ARN.`,
  });
}
