// `npx nx bench-metrics @laconic/e2e [-- --requests 1000]`: what metrics add to a request's time, with a CloudWatch that answers, and
// with each way in which it may not. All processes serve in turn, one request each, so that what slows the machine slows all.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execFile } from "node:child_process";
import { parseArgs, promisify } from "node:util";
import { build } from "esbuild";
import { findRuntime, unpack } from "@laconic/bench";
import { accountAt } from "../../tools/aws/ministack.mjs";

const options = { requests: { type: "string", default: "1000" } };
const requests = Number(parseArgs({ options }).values.requests);
const here = fileURLToPath(new URL(".", import.meta.url));
const run = promisify(execFile);

const APP = `import { createMetrics } from "@laconic/metrics";
import { lambda, main } from "@laconic/runtime/library";
const metrics = createMetrics({ service: "Shop" });
const order = async (event) => {
  metrics.add("Orders", 1, "Count");
  metrics.add("Items", event.items, "Count");
  return { ordered: event.items };
};
main("Shop", "sells", [lambda("order", (event) => metrics.run(() => order(event), { dimensions: { Path: "order" } }))]);`;
const EVENT = '{"items":3}';
const ANSWER = '{"ordered":3}';

/** By name: the sink, and what CloudWatch does with each request. */
const VARIANTS = {
  off: { sink: "none" },
  "off again": { sink: "none" },
  emf: { sink: "emf" },
  stored: { sink: "cloudwatch", behaviour: "stored" },
  hang: { sink: "cloudwatch", behaviour: "hang" },
  500: { sink: "cloudwatch", behaviour: "500" },
  429: { sink: "cloudwatch", behaviour: "429" },
  reset: { sink: "cloudwatch", behaviour: "reset" },
  "half an answer": { sink: "cloudwatch", behaviour: "stored, half an answer" },
  denied: { sink: "cloudwatch", behaviour: "403" },
};

const scratch = join(here, "../.scratch");
await mkdir(scratch, { recursive: true });
const folder = await mkdtemp(join(scratch, "bench-metrics-"));
const tasks = await mkdtemp(join(tmpdir(), "laconic-bench-metrics-"));
try {
  const { FakeCloudWatch } = await fakeCloudWatch();
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "app.ts"), APP);
  const report = {};
  for (const [shim, runtime] of [
    ["python", "python"],
    ["native", "provided"],
  ]) {
    report[shim] = await measure(FakeCloudWatch, shim, runtime);
    print(shim, report[shim]);
  }
  const results = join(here, "../../.reports/bench");
  await mkdir(results, { recursive: true });
  await writeFile(join(results, "metrics.json"), `${JSON.stringify(report)}\n`);
} finally {
  for (const made of [folder, tasks]) await rm(made, { recursive: true, force: true });
}

/** The tests' server, which is TypeScript. */
async function fakeCloudWatch() {
  const outfile = join(folder, "fake-cloudwatch.mjs");
  const entry = join(here, "../../tools/aws/fake-cloudwatch.ts");
  await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", platform: "node" });
  return import(pathToFileURL(outfile).href);
}

async function measure(FakeCloudWatch, shim, runtime) {
  const laconic = join(here, "../../node_modules/.bin/laconic");
  const { stdout } = await run(laconic, ["build", join(folder, "app.ts"), "--shim", shim, "--json"]);
  const built = JSON.parse(stdout);
  const taskDir = join(tasks, shim);
  await unpack(join(built.folder, built.package), taskDir);
  const { prepare } = await findRuntime(runtime);
  const variants = await Promise.all(
    Object.entries(VARIANTS).map(async ([name, { sink, behaviour }]) => {
      const server = new FakeCloudWatch();
      if (behaviour) server.behaviours = Array(requests * 10).fill(behaviour);
      const env = { LACONIC_METRICS: sink, ...accountAt(await server.start()) };
      const { handler } = built.functions[0];
      const subject = { taskDir, handler, functionName: "order", env, timeoutSeconds: 30 };
      const sandbox = await prepare({ ...subject, cage: withoutReader });
      return { name, server, sandbox, milliseconds: [], wrong: 0 };
    }),
  );
  try {
    for (const { sandbox } of variants) sandbox.spawn();
    // Each begins in another place of the round.
    for (let round = 0; round < requests + 20; round++)
      for (let at = 0; at < variants.length; at++)
        await serve(variants[(at + round) % variants.length], round >= 20);
  } finally {
    for (const { sandbox, server } of variants) {
      sandbox.kill();
      await sandbox.close();
      server.stop();
    }
  }
  return Object.fromEntries(variants.map(({ name, milliseconds, wrong }) => [name, { milliseconds, wrong }]));
}

/** In Lambda another process reads what a function writes. Here it would be the one that measures. */
function withoutReader({ command, args, ...rest }) {
  const all = ['exec "$0" "$@" > /dev/null', command, ...args];
  return { ...rest, command: "/bin/sh", args: ["-c", ...all] };
}

/** One request; what it leaves to do must not slow the next variant's. */
async function serve(variant, counts) {
  const idle = new Promise((resolve) => {
    variant.sandbox.api.onIdle = (isIdle) => isIdle && resolve();
  });
  const { kind, payload, durationMs } = await variant.sandbox.invoke(EVENT);
  if (kind !== "response" || payload.toString() !== ANSWER) variant.wrong++;
  if (counts) variant.milliseconds.push(durationMs);
  await idle;
}

function print(shim, report) {
  const base = report.off.milliseconds;
  console.log(`${shim}: ${requests} requests each; ratios to off`);
  for (const [name, { milliseconds, wrong }] of Object.entries(report)) {
    const cells = [0.5, 0.9, 0.99].map((share) => {
      const value = quantile(milliseconds, share);
      return `p${share * 100} ${value.toFixed(3)} ms (${(value / quantile(base, share)).toFixed(2)})`;
    });
    console.log(`  ${name.padEnd(15)} ${cells.join("  ")}  ${wrong} wrong`);
  }
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
