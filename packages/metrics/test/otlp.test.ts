import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createMetrics, type OtlpOptions } from "../src/index.js";
import { awsTools } from "../../../tools/aws/environment.mjs";
import { startDecoder, type Decoder } from "../../../tools/otlp/decoder.mjs";
import { FakeCollector } from "./fake-collector.js";

let decoder: Decoder;
let server: FakeCollector;
let endpoint: string;

beforeAll(() => {
  awsTools();
  decoder = startDecoder();
}, 300_000);
afterAll(() => decoder?.stop());

beforeEach(async () => {
  server = new FakeCollector(decoder);
  endpoint = await server.start();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
});
afterEach(() => {
  server.stop();
  expect(server.errors).toEqual([]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const QUIET: OtlpOptions = { intervalMs: 600_000, timeoutMs: 10_000 };
const otlp = (options: OtlpOptions = {}) =>
  createMetrics({ namespace: "Shop", sink: "otlp", otlp: { ...QUIET, ...options } });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("points", () => {
  it("say what was added, by the published definitions", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "orders-prod");
    vi.stubEnv("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/30/[$LATEST]ab");
    vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "team=a%2Cb,empty");
    const metrics = otlp();
    const timestamp = Date.now() - 1000;
    metrics.run(
      () => metrics.add("Latency", { values: [-4, 0, 1, 8], counts: [1, 2, 3, 1] }, "Milliseconds"),
      {
        timestamp,
        dimensions: { tenant: 'a "b" \\ c' },
      },
    );
    await metrics.flush(60_000);
    const [point, ...others] = server.stored;
    expect(others).toEqual([]);
    expect(point).toMatchObject({
      scope: "Shop",
      name: "Latency",
      unit: "ms",
      temporality: "AGGREGATION_TEMPORALITY_DELTA",
      attributes: { tenant: 'a "b" \\ c' },
      end: `${timestamp}000000`,
      count: 7,
      sum: 7,
      min: -4,
      max: 8,
      zeroCount: 2,
    });
    expect(point!.resource).toMatchObject({
      "service.name": "orders-prod",
      "faas.name": "orders-prod",
      "faas.instance": "2026/11/30/[$LATEST]ab",
      team: "a,b",
    });
    const counted = ({ counts }: { counts: readonly number[] }) => counts.filter((count) => count > 0);
    expect([counted(point!.negative), counted(point!.positive)]).toEqual([[1], [3, 1]]);
  });

  it("of one series have intervals that do not overlap, also within a millisecond", async () => {
    const metrics = otlp();
    vi.spyOn(Date, "now").mockReturnValue(1_800_000_000_000);
    for (const value of range(0, 50)) metrics.run(() => metrics.add("Orders", value));
    await metrics.flush(60_000);
    const intervals = server.stored.map(({ start, end }) => [BigInt(start), BigInt(end)] as const);
    expect(intervals).toHaveLength(50);
    let last = 0n;
    for (const [start, end] of intervals) {
      expect(start >= last && end > start).toBe(true);
      last = end;
    }
  });

  it("hold any number of values in one request, with at most 160 buckets", async () => {
    const metrics = otlp();
    metrics.run(() => metrics.add("Latency", range(-20_000, 20_000)));
    await metrics.flush(60_000);
    expect(server.requests).toBe(1);
    const [{ count, positive, negative, zeroCount } = expect.fail()] = server.stored;
    const total = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
    expect([count, total(positive.counts), total(negative.counts), zeroCount]).toEqual([
      40_000, 19_999, 20_000, 1,
    ]);
    expect(positive.counts.length + negative.counts.length).toBeLessThanOrEqual(160);
  });
});

describe("requests", () => {
  it("are compressed when they are large, within a million bytes", async () => {
    const metrics = otlp();
    metrics.run(() => {
      for (const value of range(0, 4000)) metrics.add(`Metric${value}`, value, "Count", { tenant: "a" });
    });
    await metrics.flush(60_000);
    expect(server.stored).toHaveLength(4000);
    expect(server.requests).toBeLessThan(6);
    expect(server.largest).toBeLessThan(1_000_000);
    expect(server.headers.every((headers) => headers["content-encoding"] === "gzip")).toBe(true);
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    expect(server.headers.at(-1)!["content-encoding"]).toBeUndefined();
  });

  it("stay within their limit with the longest text and histograms", async () => {
    const metrics = otlp();
    const long = '"'.repeat(1000);
    metrics.run(() => {
      for (const value of range(0, 1500))
        metrics.add(`${'"'.repeat(200)}${value}`, [-1e100, 1e-100, 5, 1e100, value], "Count", {
          tenant: long,
        });
    });
    await metrics.flush(60_000);
    expect(server.stored).toHaveLength(1500);
    expect(server.largest).toBeLessThan(1_000_000);
  });

  it("go where the variables say, with their headers", async () => {
    vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-team=a%20b,x-key=general");
    vi.stubEnv("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "x-key=metrics");
    const send = async () => {
      const metrics = otlp({ headers: { "x-own": "1" } });
      metrics.run(() => metrics.add("Orders", 1));
      await metrics.flush(60_000);
    };
    await send();
    vi.stubEnv("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", `${endpoint}/elsewhere?a=1`);
    await send();
    expect(server.urls).toEqual(["POST /v1/metrics", "POST /elsewhere?a=1"]);
    expect(server.headers[0]).toMatchObject({
      "x-team": "a b",
      "x-key": "metrics",
      "x-own": "1",
      "content-type": "application/json",
    });
    expect(server.headers[0]!["authorization"]).toBeUndefined();
  });
});

/** What botocore, another implementation of the signature, makes of the request that arrived. */
async function botocoreSignature(headers: object, signed: readonly string[]): Promise<string> {
  const script = fileURLToPath(new URL("signature.py", import.meta.url));
  const running = promisify(execFile)(join(awsTools(), "python"), [script]);
  const body = server.bodies[0]!.toString("base64");
  running.child.stdin!.end(JSON.stringify({ url: `${endpoint}/v1/metrics`, headers, signed, body }));
  return (await running).stdout.trim();
}

describe("CloudWatch's endpoint", () => {
  it.each([1, 500])(
    "gets requests with a signature that another implementation makes, too (%i)",
    async (size) => {
      vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret/key");
      vi.stubEnv("AWS_SESSION_TOKEN", "token+1");
      const metrics = otlp({ sigv4: { service: "monitoring", region: "eu-west-1" } });
      metrics.run(() => {
        for (const value of range(0, size)) metrics.add("Orders", value, "Count", { at: `${value}` });
      });
      await metrics.flush(60_000);
      expect(server.values("Orders")).toEqual(range(0, size));
      const [headers = expect.fail()] = server.headers;
      const authorization = headers.authorization!;
      const [, scope, signed, signature] =
        /^AWS4-HMAC-SHA256 Credential=AKID\/(.*), SignedHeaders=(.*), Signature=(.*)$/.exec(authorization)!;
      expect(scope).toMatch(/^\d{8}\/eu-west-1\/monitoring\/aws4_request$/);
      const names = signed!.split(";");
      expect(names).toEqual(expect.arrayContaining(["host", "x-amz-date", "x-amz-security-token"]));
      expect(headers["x-amz-security-token"]).toBe("token+1");
      expect(await botocoreSignature(headers, names)).toBe(signature);
    },
  );

  it("gets nothing without credentials, which is said once", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "");
    const metrics = otlp({ sigv4: { service: "monitoring", region: "eu-west-1" } });
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    expect([server.requests, metrics.dropped.refused]).toEqual([0, 1]);
    expect(vi.mocked(console.warn).mock.calls[0]![0]).toContain("AWS_ACCESS_KEY_ID");
  });
});
