import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { bundle } from "@laconic/node-compat";
import { generate } from "selfsigned";
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
  server = createServer(async (request, response) => {
    stored.push(...(JSON.parse(await bodyOf(request)) as { MetricData: Datum[] }).MetricData);
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
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

  it.each([
    ["the library", inLibrary],
    ["Node", inNode],
  ])("reach a collector by OTLP, and over TLS an endpoint that wants a signature: %s", async (_, run) => {
    const requests: { body: Body; authorization: string | undefined }[] = [];
    const take: RequestListener = async (request, response) => {
      const body = JSON.parse(await bodyOf(request)) as Body;
      requests.push({ body, authorization: request.headers.authorization });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    };
    const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
      keySize: 2048,
      algorithm: "sha256",
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
    });
    const folder = await mkdtemp(join(tmpdir(), "laconic-otlp-"));
    const authorities = join(folder, "ca.pem");
    await writeFile(authorities, cert);
    const servers = [createServer(take), createSecureServer({ key, cert }, take)] as const;
    try {
      const [plain, secure] = await Promise.all(servers.map(listening));
      const { answer, stderr } = await run(OTLP, {
        ...env,
        OTEL_EXPORTER_OTLP_ENDPOINT: plain!,
        SECURE: secure!.replace("http://127.0.0.1", "https://localhost"),
        NODE_EXTRA_CA_CERTS: authorities,
      });
      expect(stderr).toBe("");
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
      servers.forEach(stopListening);
      await rm(folder, { recursive: true });
    }
  });
});

const OTLP = `
const plain = createMetrics({ namespace: "Shop", sink: "otlp" });
const sigv4 = { service: "monitoring", region: "eu-west-1" };
const endpoint = process.env.SECURE + "/v1/metrics";
const signed = createMetrics({ namespace: "Shop", sink: "otlp", otlp: { sigv4, endpoint } });
export const answer = async () => {
  for (let value = 0; value < 500; value++) plain.add("Metric" + value, [value, -value, 7], "Count", { tenant: "a" });
  await plain.flush(20000);
  signed.add("Orders", 1);
  await signed.flush(20000);
  return [plain.dropped, signed.dropped];
};`;

/** The same in Node. */
async function inNode(source: string, variables: Record<string, string>) {
  const app = await scratchApp({
    "app.mjs": `import { createMetrics } from "@laconic/metrics";\n${source}\nconsole.log(JSON.stringify(await answer()));`,
  });
  try {
    const options = { env: { ...process.env, ...variables } };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [app.file("app.mjs")], options);
    return { answer: JSON.parse(stdout) as unknown, stderr };
  } finally {
    await app.remove();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent).toString();
}
