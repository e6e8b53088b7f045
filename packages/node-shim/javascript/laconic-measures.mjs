// What the shims measure, in CloudWatch's embedded metric format: a line of the log each, written when the answer is on its way.
import { uptime } from "node:os";

/** Sinks of the app's own metrics. The shim's are lines of the log with each of them: they cost no call. */
const SINKS = ["emf", "cloudwatch", "otlp"];

const MILLISECONDS = "Milliseconds";

/** @type {Readonly<Record<string, string>>} */
const UNITS = {
  Uptime: "Seconds",
  LambdaResponseLength: "Bytes",
  DispatchDuration: MILLISECONDS,
  MemoryUsed: "Megabytes",
  StartRemainingTimeInMillis: MILLISECONDS,
  DeadlineMargin: MILLISECONDS,
  ColdStart: "Count",
  FirstRequestDuration: MILLISECONDS,
  InitLoadDuration: MILLISECONDS,
  InitAppDuration: MILLISECONDS,
  OpenSocketDuration: MILLISECONDS,
  RequestCompleteDuration: MILLISECONDS,
  ResponseCompleteDuration: MILLISECONDS,
};

/** CloudWatch's limits for a namespace and for the value of a dimension, in characters. */
const LONGEST_NAMESPACE = 255;
const LONGEST_VALUE = 1024;

/**
 * @typedef {object} Answered
 * @property {() => number} responseLength bytes of the answer, counted when the line is written; 0 when the request failed
 * @property {string} [errorType] of a request that failed
 * @property {Readonly<Record<string, number>> | undefined} [more] what only this shim measures
 *
 * @typedef {(answered: Answered) => void} Finish
 */

/** The metrics of one service. */
export class Measures {
  /** @type {number} */
  #loadMs;
  #appMs = 0;
  #isFirst = true;

  /**
   * None where LACONIC_METRICS asks for none.
   * @param {number} loadMs when the shim began to load, in milliseconds since the process began
   * @returns {Measures | undefined}
   */
  static wanted(loadMs) {
    return SINKS.includes(process.env.LACONIC_METRICS ?? "") ? new Measures(loadMs) : undefined;
  }

  /** @param {number} loadMs */
  constructor(loadMs) {
    this.#loadMs = loadMs;
  }

  /** The app is ready. */
  started() {
    this.#appMs ||= performance.now() - this.#loadMs;
  }

  /**
   * Counts something that belongs to no request.
   * @param {string} service @param {string} name
   */
  count(service, name) {
    write(service, [{ sets: [[]], metrics: { [name]: "Count" } }], {}, { [name]: 1 });
  }

  /**
   * Begins to measure a request; what it returns is called with the answer.
   * @param {string} service @param {string} path the function's name in the app
   * @param {{ getRemainingTimeInMillis?: () => number }} context
   * @returns {Finish}
   */
  request(service, path, context) {
    const remaining = context.getRemainingTimeInMillis?.();
    const begun = performance.now();
    return ({ responseLength, errorType, more }) => {
      const dispatch = performance.now() - begun;
      const margin = context.getRemainingTimeInMillis?.();
      const cold = this.#isFirst && {
        ColdStart: 1,
        FirstRequestDuration: dispatch,
        InitLoadDuration: this.#loadMs,
        InitAppDuration: this.#appMs,
      };
      this.#isFirst = false;
      const timed = {
        DispatchDuration: dispatch,
        ...(remaining !== undefined && { StartRemainingTimeInMillis: remaining }),
        ...(margin !== undefined && { DeadlineMargin: Math.max(0, margin) }),
        ...cold,
        ...more,
      };
      setImmediate(() => writeRequest(service, path, timed, responseLength(), errorType));
    };
  }
}

/**
 * @param {string} service @param {string} path @param {Readonly<Record<string, number>>} timed
 * @param {number} responseLength @param {string | undefined} errorType
 */
function writeRequest(service, path, timed, responseLength, errorType) {
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME;
  const values = {
    Uptime: uptime(),
    LambdaResponseLength: responseLength,
    MemoryUsed: process.memoryUsage.rss() / 1e6,
    ...timed,
  };
  const own = name ? ["Path", "Name"] : ["Path"];
  const metrics = Object.fromEntries(Object.keys(values).map((metric) => [metric, UNITS[metric] ?? "None"]));
  const directives = [{ sets: [own], metrics }];
  if (errorType !== undefined)
    directives.push({ sets: [own, [...own, "ErrorType"]], metrics: { Errors: "Count" } });
  const dimensions = {
    Path: path,
    ...(name && { Name: name }),
    ...(errorType !== undefined && { ErrorType: errorType }),
  };
  write(service, directives, dimensions, { ...values, ...(errorType !== undefined && { Errors: 1 }) });
}

/**
 * @param {string} service
 * @param {readonly { sets: readonly string[][], metrics: Readonly<Record<string, string>> }[]} directives
 * @param {Readonly<Record<string, string>>} dimensions
 * @param {Readonly<Record<string, number>>} values
 */
function write(service, directives, dimensions, values) {
  const Namespace = `Sparta/${service}`.replace(/[^\w./#:-]/gu, "-").slice(0, LONGEST_NAMESPACE);
  const CloudWatchMetrics = directives.map(({ sets, metrics }) => ({
    Namespace,
    Dimensions: sets,
    Metrics: Object.entries(metrics).map(([Name, Unit]) => ({ Name, Unit })),
  }));
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics },
    ...Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, printable(value)])),
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value)])),
  };
  // Not console.log: the runtime client puts a time and an id in front of it, and CloudWatch wants JSON alone.
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** CloudWatch takes printable ASCII that is not blank. @param {string} value */
function printable(value) {
  const kept = value.replace(/[^ -~]/gu, "?").slice(0, LONGEST_VALUE);
  return kept.trim() === "" ? "?" : kept;
}

/** To three places. @param {number} value */
function rounded(value) {
  return Math.round(value * 1e3) / 1e3;
}
