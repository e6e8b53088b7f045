/**
 * CloudWatch's units in the Unified Code for Units of Measure, as CloudWatch itself writes them into OpenTelemetry metrics:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-formats-opentelemetry-translation.html
 * The case of the bits is UCUM's.
 */
const CODES: Readonly<Record<string, string>> = {
  Seconds: "s",
  Second: "s",
  Milliseconds: "ms",
  Microseconds: "us",
  Bytes: "By",
  Kilobytes: "kBy",
  Megabytes: "MBy",
  Gigabytes: "GBy",
  Terabytes: "TBy",
  Bits: "bit",
  Kilobits: "kbit",
  Megabits: "Mbit",
  Gigabits: "Gbit",
  Terabits: "Tbit",
  Percent: "%",
  Count: "{Count}",
  None: "1",
};

/** @param unit one of CloudWatch's, also a rate such as `Bytes/Second` */
export function ucum(unit: string): string {
  return unit
    .split("/")
    .map((part) => CODES[part] ?? part)
    .join("/");
}
