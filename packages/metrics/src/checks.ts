import { MetricsError } from "./errors.js";
import {
  DIMENSION_NAME_LENGTH,
  DIMENSION_VALUE_LENGTH,
  DIMENSIONS,
  METRIC_NAME_LENGTH,
  NAMESPACE_LENGTH,
  NEWEST_MS,
  OLDEST_MS,
  VALUE_COUNT,
  VALUE_MAGNITUDE,
} from "./limits.js";
import type { StorageResolution } from "./metric-set.js";
import { UNITS, type Unit } from "./unit.js";

/** CloudWatch takes ASCII without control characters, and something that is not blank. */
const VISIBLE_ASCII = /^(?=.*[^ ])[ -~]+$/;
const NAMESPACE = /^(?!AWS\/)(?!:)[0-9A-Za-z.\-_/#: ]+$/;
const UNIT_NAMES: ReadonlySet<string> = new Set(UNITS);

export function checkNamespace(namespace: string): void {
  if (isText(namespace, NAMESPACE_LENGTH) && NAMESPACE.test(namespace)) return;
  throw new MetricsError(
    "LAC3201",
    `The namespace ${shown(namespace)} is not one that CloudWatch takes.`,
    `Use up to ${NAMESPACE_LENGTH} of 0-9 A-Z a-z . - _ / # : and spaces, not starting with ":" or "AWS/".`,
  );
}

export function checkMetric(name: string, unit: Unit, resolution: StorageResolution): void {
  if (!isText(name, METRIC_NAME_LENGTH) || name === "_aws") {
    throw new MetricsError(
      "LAC3202",
      `The metric name ${shown(name)} is not one that CloudWatch takes.`,
      `Use 1 to ${METRIC_NAME_LENGTH} printable ASCII characters; "_aws" is reserved.`,
    );
  }
  if (!UNIT_NAMES.has(unit)) {
    throw new MetricsError(
      "LAC3203",
      `The unit ${shown(unit)} of the metric "${name}" is not one of CloudWatch's.`,
      `Use one of ${UNITS.join(", ")}.`,
    );
  }
  if (resolution !== 1 && resolution !== 60) {
    throw new MetricsError(
      "LAC3209",
      `The storage resolution ${shown(resolution)} of the metric "${name}" is not one of CloudWatch's.`,
      "Use 1 for high resolution, or 60.",
    );
  }
}

export function checkValue(name: string, value: number, count: number): void {
  if (typeof value !== "number" || !(Math.abs(value) <= VALUE_MAGNITUDE)) {
    throw new MetricsError(
      "LAC3204",
      `The value ${shown(value)} of the metric "${name}" is not one that CloudWatch takes.`,
      "Use a number from -2^360 to 2^360; NaN and Infinity are not accepted.",
    );
  }
  if (!Number.isInteger(count) || count < 1 || count > VALUE_COUNT) {
    throw new MetricsError(
      "LAC3204",
      `The count ${shown(count)} of the metric "${name}" is not a whole number from 1 to ${VALUE_COUNT}.`,
      "Leave values out that did not occur, and add those that occurred more often in parts.",
    );
  }
}

export function checkDimension(name: string, value: string): void {
  const isName = isText(name, DIMENSION_NAME_LENGTH) && !name.startsWith(":") && name !== "_aws";
  if (isName && isText(value, DIMENSION_VALUE_LENGTH)) return;
  const what = isName
    ? `The value ${shown(value)} of the dimension "${name}"`
    : `The dimension ${shown(name)}`;
  throw new MetricsError(
    "LAC3205",
    `${what} is not one that CloudWatch takes.`,
    `Use strings of printable ASCII characters, 1 to ${DIMENSION_NAME_LENGTH} for a name that does not start with ":", ` +
      `1 to ${DIMENSION_VALUE_LENGTH} for a value.`,
  );
}

export function checkDimensionCount(count: number): void {
  if (count <= DIMENSIONS) return;
  throw new MetricsError(
    "LAC3207",
    `A metric cannot have ${count} dimensions.`,
    `CloudWatch takes ${DIMENSIONS}, those of the scope and of createMetrics included.`,
  );
}

export function checkTimestamp(timestamp: number, now: number): void {
  if (timestamp >= now - OLDEST_MS && timestamp <= now + NEWEST_MS) return;
  throw new MetricsError(
    "LAC3208",
    `The timestamp ${shown(timestamp)} is not one that CloudWatch takes.`,
    "Use a time from 14 days ago to 2 hours from now, in milliseconds since 1970.",
  );
}

function isText(text: unknown, longest: number): boolean {
  return typeof text === "string" && text.length <= longest && VISIBLE_ASCII.test(text);
}

/** What was given, short enough for a message. */
function shown(given: unknown): string {
  if (typeof given !== "string") return String(given);
  return JSON.stringify(given.length > 80 ? `${given.slice(0, 80)}… (${given.length} characters)` : given);
}
