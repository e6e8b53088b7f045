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
});
