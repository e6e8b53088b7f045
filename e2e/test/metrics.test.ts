import { createServer, type Server } from "node:http";
import { gunzipSync } from "node:zlib";
import { bundle } from "@laconic/node-compat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { output } from "./engine.js";
import { scratchApp } from "./laconic.js";
import { accountAt, listening, stopListening } from "../../tools/aws/ministack.mjs";

interface Datum {
  readonly MetricName: string;
  readonly Values: readonly number[];
}

interface Metric {
  readonly name: string;
  readonly exponentialHistogram: { readonly dataPoints: readonly object[] };
}

/** A request of OTLP's. */
interface Body {
  readonly resourceMetrics: readonly [{ readonly scopeMetrics: readonly [{ readonly metrics: Metric[] }] }];
}

const metricsIn = ({ resourceMetrics: [{ scopeMetrics }] }: Body) => scopeMetrics[0].metrics;

const stored: Datum[] = [];
let server: Server;
let env: Record<string, string>;

/** Takes PutMetricData as CloudWatch does. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isGzipped = request.headers["content-encoding"] === "gzip";
      const body = isGzipped ? gunzipSync(Buffer.concat(chunks)) : Buffer.concat(chunks);
      stored.push(...(JSON.parse(body.toString()) as { MetricData: Datum[] }).MetricData);
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
    });
  });
  env = { LACONIC_METRICS: "cloudwatch", ...accountAt(await listening(server)) };
});
afterAll(() => {
  stopListening(server);
});

async function inLibrary(source: string, variables: Record<string, string> = {}) {
  const app = await scratchApp({ "app.js": `import { createMetrics } from "@laconic/metrics";\n${source}` });
  try {
    const options = { entry: app.file("app.js"), root: app.folder, outfile: app.file("out.mjs") };
    return await output((await bundle(options)).code, variables);
  } finally {
    await app.remove();
  }
}

describe("metrics in the library", () => {
  it("are lines on stdout, each under the dimensions of its own request", async () => {
    const { lines, answer } = await inLibrary(`
const metrics = createMetrics({ namespace: "Shop" });
metrics.add("ColdStart", 1, "Count");
const request = (tenant, pauseMs) =>
  metrics.run(async () => {
    metrics.dimension("tenant", tenant);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    metrics.add("Orders", [1, 2], "Count");
    return tenant;
  });
export const answer = async () => {
  const answers = await Promise.all([request("a", 40), request("b", 5)]);
  try {
    metrics.add("Aufträge", 1);
  } catch (error) {
    answers.push(error.code);
  }
  return answers;
};`);
    expect(answer).toEqual(["a", "b", "LAC3202"]);
    const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(documents.map(({ tenant, Orders, ColdStart }) => [tenant, Orders ?? ColdStart])).toEqual([
      [undefined, 1],
      ["b", [1, 2]],
      ["a", [1, 2]],
    ]);
  });

  it("reach CloudWatch through the SDK", async () => {
    const { lines, answer, stderr } = await inLibrary(
      `
const metrics = createMetrics({ namespace: "Shop" });
export const answer = async () => {
  metrics.run(() => {
    for (let value = 0; value < 2000; value++) metrics.add("Metric" + value, value, "Count", { tenant: "a" });
  });
  await metrics.flush(20000);
  return metrics.dropped;
};`,
      env,
    );
    expect([lines, stderr]).toEqual([[], ""]);
    expect(answer).toEqual({ overflow: 0, refused: 0, unconfirmed: 0, expired: 0, failed: 0 });
    const values = stored.flatMap(({ Values }) => Values).sort((one, other) => one - other);
    expect(values).toEqual(Array.from({ length: 2000 }, (_, value) => value));
  });

  it("reach a collector by OTLP, and CloudWatch's endpoint with a signature", async () => {
    const requests: { body: Body; authorization: string | undefined }[] = [];
    const collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isGzipped = request.headers["content-encoding"] === "gzip";
        const body = isGzipped ? gunzipSync(Buffer.concat(chunks)) : Buffer.concat(chunks);
        const { authorization } = request.headers;
        requests.push({ body: JSON.parse(body.toString()) as Body, authorization });
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
    });
    try {
      const { lines, answer, stderr } = await inLibrary(
        `
const plain = createMetrics({ namespace: "Shop", sink: "otlp" });
const sigv4 = { service: "monitoring", region: "eu-west-1" };
const signed = createMetrics({ namespace: "Shop", sink: "otlp", otlp: { sigv4 } });
export const answer = async () => {
  for (let value = 0; value < 500; value++) plain.add("Metric" + value, [value, -value, 7], "Count", { tenant: "a" });
  await plain.flush(20000);
  signed.add("Orders", 1);
  await signed.flush(20000);
  return [plain.dropped, signed.dropped];
};`,
        { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: await listening(collector) },
      );
      expect([lines, stderr]).toEqual([[], ""]);
      const nothing = { overflow: 0, refused: 0, unconfirmed: 0, expired: 0, failed: 0 };
      expect(answer).toEqual([nothing, nothing]);
      const names = requests.map(({ body }) => metricsIn(body).map(({ name }) => name));
      expect(names).toEqual([Array.from({ length: 500 }, (_, value) => `Metric${value}`), ["Orders"]]);
      const [point] = metricsIn(requests[0]!.body)[9]!.exponentialHistogram.dataPoints;
      expect(point).toMatchObject({ count: "3", sum: 7, min: -9, max: 9 });
      expect(requests.map(({ authorization }) => authorization?.slice(0, 16))).toEqual([
        undefined,
        "AWS4-HMAC-SHA256",
      ]);
    } finally {
      stopListening(collector);
    }
  });
});
