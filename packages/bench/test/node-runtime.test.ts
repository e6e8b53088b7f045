import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { nodeDistribution, nodeEnvironment, prepareNodeRuntime } from "../src/index.js";

const taskDir = fileURLToPath(new URL("fixtures", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "laconic-node-runtime-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("starts Node as Lambda's bootstrap does, with Lambda's environment", async () => {
  // Any module can stand where the client does: what is looked at is how its process is started.
  const client = join(folder, "client.mjs");
  await writeFile(client, CLIENT);
  const environment = { node: process.execPath, version: "24.1.0", client };
  const runtime = await prepareNodeRuntime({
    taskDir,
    handler: "index.handler",
    memorySize: 200,
    environment,
  });
  runtime.spawn();
  const { payload } = await runtime.invoke("{}");
  await runtime.close();
  expect(JSON.parse(payload.toString())).toEqual({
    handler: "index.handler",
    flags: [
      "--expose-gc",
      "--max-http-header-size",
      "81920",
      "--max-semi-space-size=10",
      "--max-old-space-size=180",
    ],
    cwd: taskDir,
    runtime: "AWS_Lambda_nodejs24.x",
    memory: "200",
  });
});

const CLIENT = `
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
const next = await fetch(api + "next");
const body = JSON.stringify({
  handler: process.argv[2],
  flags: process.execArgv,
  cwd: process.cwd(),
  runtime: process.env.AWS_EXECUTION_ENV,
  memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
});
await fetch(api + next.headers.get("lambda-runtime-aws-request-id") + "/response", { method: "POST", body });
`;

it("names the tools that are missing", async () => {
  vi.stubEnv("PATH", folder);
  try {
    await expect(nodeEnvironment({ cache: join(folder, "cache") })).rejects.toMatchObject({
      code: "LAC7009",
      message: expect.stringContaining("cmake, make, g++, xz, python3"),
    });
  } finally {
    vi.unstubAllEnvs();
  }
});

it("installs the Node that is pinned", async () => {
  const { node, version } = await nodeDistribution();
  expect(execFileSync(node, ["--version"], { encoding: "utf8" }).trim()).toBe(`v${version}`);
}, 120_000);

it("tells when Node cannot be installed", async () => {
  vi.stubEnv("PATH", folder);
  try {
    await expect(nodeDistribution({ cache: join(folder, "cache") })).rejects.toMatchObject({
      code: "LAC7010",
      message: expect.stringContaining("Lambda's Node could not be installed: npm ci"),
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
