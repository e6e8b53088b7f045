// What the proxy measures, in CloudWatch's embedded metric format: a line of the log each, so that no request waits for it.

/** @type {Readonly<Record<string, string>>} */
const UNITS = {
  ProcessCreated: "Count",
  ProcessReused: "Count",
  ProcessTerminated: "Count",
  Uptime: "Seconds",
  StartRemainingTimeInMillis: "Milliseconds",
  LambdaResponseLength: "Bytes",
  OpenSocketDuration: "Milliseconds",
  RequestCompleteDuration: "Milliseconds",
  ResponseCompleteDuration: "Milliseconds",
};
const COUNTERS = new Set(["ProcessCreated", "ProcessReused", "ProcessTerminated"]);

/**
 * @param {string} service
 * @param {string | undefined} wanted the value of LACONIC_PROXY_METRICS; "0" and "off" turn them off
 * @returns {(values: Readonly<Record<string, number>>, path?: string) => void} counters have no dimension, all else the
 *   function's path
 */
export function measures(service, wanted) {
  if (wanted === "0" || wanted === "off") return () => {};
  return (values, path) => {
    const names = Object.keys(values);
    const counters = names.filter((name) => COUNTERS.has(name));
    const others = names.filter((name) => !COUNTERS.has(name));
    const Namespace = `Laconic/${service}`;
    const directive = (/** @type {string[][]} */ Dimensions, /** @type {string[]} */ of) =>
      of.length === 0
        ? []
        : [{ Namespace, Dimensions, Metrics: of.map((Name) => ({ Name, Unit: UNITS[Name] ?? "None" })) }];
    const CloudWatchMetrics = [...directive([[]], counters), ...directive([["Path"]], others)];
    const line = {
      _aws: { Timestamp: Date.now(), CloudWatchMetrics },
      ...(path && { Path: path }),
      ...values,
    };
    // Not console.log: the runtime client puts a time and an id in front of it, and CloudWatch wants JSON alone.
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
