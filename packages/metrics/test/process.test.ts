import { spawn } from "node:child_process";
import { copyFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FakeCloudWatch } from "../../../tools/aws/fake-cloudwatch.js";
import { readLine } from "../../../tools/aws/emf-document.js";
import { FakeCollector } from "./fake-collector.js";
import { accountAt } from "../../../tools/aws/ministack.mjs";
import { startDecoder } from "../../../tools/otlp/decoder.mjs";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const server = new FakeCloudWatch();
let endpoint: string;
let elsewhere: string;

beforeAll(async () => {
  endpoint = await server.start();
  elsewhere = await mkdtemp(join(tmpdir(), "laconic-metrics-"));
});
afterAll(async () => {
  server.stop();
  await rm(elsewhere, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that uses the built package, as an app in Lambda's Node runtime would. */
function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { closesStdout = false } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    cwd: packageFolder,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  if (closesStdout) child.stdout.destroy();
  else child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

const program = (code: string): string[] => [
  "--input-type=module",
  "-e",
  `import { createMetrics } from "@laconic/metrics"; ${code}`,
];

const SHOP = `const metrics = createMetrics({ namespace: "Shop" });`;
const ORDER = `${SHOP} metrics.run(() => metrics.add("Orders", 1, "Count"));`;

const namesIn = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .flatMap((line) => readLine(line).map(({ name }) => name));

it("writes lines that CloudWatch reads, with the first one of a cold start and that of an early return", async () => {
  const { code, stdout, stderr } = await run(
    program(`${SHOP}
      metrics.add("ColdStart", 1, "Count");
      const handler = () => metrics.run(async () => {
        metrics.add("Orders", 1, "Count");
        if (metrics) return;
        metrics.add("Never", 1);
      });
      await handler();
      metrics.run(() => undefined);
      process.exit();`),
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(namesIn(stdout)).toEqual(["ColdStart", "Orders"]);
});

it("lives on when nobody reads stdout, and counts what it could not write", async () => {
  const { code, stderr } = await run(
    program(`${SHOP}
      await new Promise((resolve) => setTimeout(resolve, 100));
      for (let value = 0; value < 250; value++) {
        metrics.run(() => metrics.add("Orders", [value, value + 1]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      console.error(metrics.dropped.failed);`),
    {},
    { closesStdout: true },
  );
  expect([code, stderr.trim()]).toEqual([0, "500"]);
});

it("goes where LACONIC_METRICS says", async () => {
  const aws = {
    ...accountAt(endpoint),
    NODE_NO_WARNINGS: "1",
  };
  const flushed = program(`${ORDER} await metrics.flush(); console.error(JSON.stringify(metrics.dropped));`);
  server.reset();
  const none = await run(flushed, { ...aws, LACONIC_METRICS: "none" });
  const emf = await run(flushed, { ...aws, LACONIC_METRICS: "emf" });
  expect([none.stdout, namesIn(emf.stdout), server.requests]).toEqual(["", ["Orders"], 0]);
  const cloudwatch = await run(flushed, { ...aws, LACONIC_METRICS: "cloudwatch" });
  expect([cloudwatch.stdout, server.values("Orders")]).toEqual(["", [1]]);
  const slip = await run(flushed, { ...aws, LACONIC_METRICS: "cloudwach" });
  expect(namesIn(slip.stdout)).toEqual(["Orders"]);
  expect(slip.stderr).toContain('LACONIC_METRICS is "cloudwach", not one of emf, cloudwatch, otlp, none');
});

it("loads the SDK when it first sends", async () => {
  const loaded = program(`
    import { createRequire } from "node:module";
    ${ORDER} await metrics.flush(1000);
    const names = Object.keys(createRequire(import.meta.url).cache);
    console.error(names.some((name) => name.includes("client-cloudwatch")));`);
  const env = { NODE_NO_WARNINGS: "1", AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  expect((await run(loaded, env)).stderr).toBe("false\n");
  expect((await run(loaded, { ...env, ...keys, LACONIC_METRICS: "cloudwatch" })).stderr).toMatch(/true\n$/);
});

it("goes to a collector on this machine with LACONIC_METRICS=otlp", async () => {
  const decoder = startDecoder();
  const collector = new FakeCollector(decoder);
  try {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(), LACONIC_METRICS: "otlp" };
    const { code, stdout, stderr } = await run(program(`${ORDER} await metrics.flush();`), env);
    expect([code, stdout, stderr, collector.errors]).toEqual([0, "", "", []]);
    expect(collector.values("Orders")).toEqual([1]);
  } finally {
    collector.stop();
    decoder.stop();
  }
}, 120_000);

it("ends with the process, whatever CloudWatch does", async () => {
  const { code } = await run(program(`${ORDER}`), { LACONIC_METRICS: "cloudwatch" });
  expect(code).toBe(0);
});

it("is bundled without the SDK and the exporter where they are not installed, and says so when it is asked for", async () => {
  const installed = join(elsewhere, "node_modules/@laconic/metrics");
  await cp(join(packageFolder, "dist"), join(installed, "dist"), { recursive: true });
  await copyFile(join(packageFolder, "package.json"), join(installed, "package.json"));
  const entry = join(elsewhere, "app.mjs");
  const outfile = join(elsewhere, "bundle.mjs");
  const reported = `${ORDER} await metrics.flush(); console.error(JSON.stringify(metrics.dropped));`;
  await writeFile(entry, `import { createMetrics } from "@laconic/metrics"; ${reported}`);
  const options = { bundle: true, format: "esm", platform: "node", logLevel: "silent" } as const;
  const { warnings } = await build({ entryPoints: [entry], outfile, ...options });
  expect(warnings).toEqual([]);
  const emf = await run([outfile]);
  expect(namesIn(emf.stdout)).toEqual(["Orders"]);
  const cloudwatch = await run([outfile], { LACONIC_METRICS: "cloudwatch" });
  expect(cloudwatch.code).toBe(0);
  expect(cloudwatch.stderr).toContain(
    "@aws-sdk/client-cloudwatch cannot be loaded: install it, or use the sink emf",
  );
  expect(cloudwatch.stderr).toContain('"refused":1');
  const otlp = await run([outfile], { LACONIC_METRICS: "otlp" });
  expect(otlp.code).toBe(0);
  expect(otlp.stderr).toContain("@laconic/metrics-otlp cannot be loaded: install it, or use the sink emf");
  expect(otlp.stderr).toContain('"refused":1');
});
