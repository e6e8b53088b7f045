import { expect, it } from "vitest";
import { endpointOf } from "../src/endpoint.js";
import { ucum } from "../src/ucum.js";

const urlFrom = (env: Record<string, string>, endpoint?: string) => endpointOf({ endpoint }, env).url.href;

it("is the option, the variable for metrics, the variable for all signals, or a collector on this machine", () => {
  const all = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/base/" };
  const metrics = { ...all, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://collector:4318/only" };
  expect(urlFrom({})).toBe("http://localhost:4318/v1/metrics");
  expect(urlFrom(all)).toBe("http://collector:4318/base/v1/metrics");
  expect(urlFrom(metrics)).toBe("http://collector:4318/only");
  expect(urlFrom(metrics, "https://elsewhere/")).toBe("https://elsewhere/");
  expect(urlFrom({ ...all, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "" })).toBe(urlFrom(all));
});

it.each(["collector:4318", "ftp://collector/", "not a URL"])("is an error when it is %s", (endpoint) => {
  expect(() => endpointOf({ endpoint }, {})).toThrow(expect.objectContaining({ name: "NotSent" }));
});

it.each([
  ["https://monitoring.eu-west-1.amazonaws.com/v1/metrics", "eu-west-1"],
  ["https://monitoring.cn-north-1.amazonaws.com.cn/v1/metrics", "cn-north-1"],
  ["https://monitoring.eu-west-1.api.aws/v1/metrics", "eu-west-1"],
  ["https://monitoring.eu-west-1.amazonaws.com.example.org/v1/metrics", undefined],
  ["https://example.org/monitoring.eu-west-1.amazonaws.com", undefined],
  ["http://localhost:4318/v1/metrics", undefined],
])("is signed for when it is CloudWatch's own: %s", (endpoint, region) => {
  const signing = region && { service: "monitoring", region };
  expect(endpointOf({ endpoint }, {}).sigv4).toEqual(signing);
});

it("has headers of the variables, which the option comes before", () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: "a=1, b = two%20words ,=nameless,broken,c=%zz",
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: "a=2,d=x=y",
  };
  expect(endpointOf({ headers: { d: "own" } }, env).headers).toEqual({
    a: "2",
    b: "two words",
    c: "%zz",
    d: "own",
  });
});

it("names units as UCUM does", () => {
  expect(["Milliseconds", "Count", "None", "Megabits/Second", "Bytes/Second", "Percent"].map(ucum)).toEqual([
    "ms",
    "{Count}",
    "1",
    "Mbit/s",
    "By/s",
    "%",
  ]);
});
