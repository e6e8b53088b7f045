import { METRIC_SINKS } from "@laconic/provisioner";
import type { Refuse } from "./check-provision.js";
import { isRecord } from "./records.js";

/** Parts of the section `provision` about what can be looked at. */
export const MONITORING = ["metrics", "metricNamespaces", "dashboard", "alarms"] as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const NAMESPACE = /^(?!AWS\/)(?!:)(?=.*[^ ])[0-9A-Za-z.\-_/#: ]{1,255}$/;

/** Thresholds of alarms, each of which may be left out. */
const COUNTS = ["errors", "throttles", "dropped"];
const ALARM_MEMBERS = ["notify", "duration", "period", ...COUNTS];

/** Seconds that one point of an alarm may stand for. */
const LONGEST_PERIOD = 86_400;

/** Holds what says what can be looked at against its type. */
export function checkMonitoring(path: string, settings: Record<string, unknown>, refuse: Refuse): void {
  const { metrics, metricNamespaces = [], dashboard = false, alarms = false } = settings;
  if (metrics !== undefined && !METRIC_SINKS.some((name) => name === metrics))
    refuse(`"${path}.metrics"`, `one of ${METRIC_SINKS.join(", ")}`);
  if (!isListOfNamespaces(metricNamespaces))
    refuse(`"${path}.metricNamespaces"`, "a list of CloudWatch's namespaces, none of them AWS's own");
  if (typeof dashboard !== "boolean") refuse(`"${path}.dashboard"`, "true or false");
  if (typeof alarms === "boolean") return;
  if (!isRecord(alarms)) return refuse(`"${path}.alarms"`, "true, false or an object");
  checkAlarms(`${path}.alarms`, alarms, refuse);
}

function isListOfNamespaces(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string" && NAMESPACE.test(one));
}

function checkAlarms(path: string, alarms: Record<string, unknown>, refuse: Refuse): void {
  for (const name of Object.keys(alarms)) {
    if (!ALARM_MEMBERS.includes(name))
      refuse(`"${path}.${name}"`, `left out; there are ${ALARM_MEMBERS.join(", ")}`);
  }
  const { notify, duration = false, period = 60 } = alarms;
  if (notify !== undefined && (typeof notify !== "string" || notify === ""))
    refuse(`"${path}.notify"`, "the ARN of an SNS topic, or the logical id of one in the stack");
  for (const name of COUNTS) {
    const count = alarms[name] ?? false;
    if (count !== false && !(typeof count === "number" && count >= 1 && Number.isInteger(count)))
      refuse(`"${path}.${name}"`, "a whole number from 1 on, or false");
  }
  if (duration !== false && !(typeof duration === "number" && duration > 0 && duration <= 1))
    refuse(`"${path}.duration"`, "a part of the timeout, above 0 and up to 1, or false");
  if (!isPeriod(period)) refuse(`"${path}.period"`, `a multiple of 60 seconds, up to ${LONGEST_PERIOD}`);
}

function isPeriod(value: unknown): boolean {
  return typeof value === "number" && value >= 60 && value <= LONGEST_PERIOD && value % 60 === 0;
}
