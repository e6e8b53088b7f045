// Builds the sample apps, sends each function a request through the Python shim, and prints what came back and when.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchColdStart, benchWarm, invokePackage } from "@laconic/bench";
import { buildApp, isCodedError, Reporter } from "@laconic/orchestrator";
import { requests } from "../apps/requests.mjs";

const WARM_CALLS = 200;
const apps = fileURLToPath(new URL("../apps", import.meta.url));
const reporter = new Reporter(process.stderr);

try {
  await demonstrate();
} catch (error) {
  if (!isCodedError(error)) throw error;
  reporter.error(error);
  process.exitCode = 1;
}

async function demonstrate() {
  const [cold] = await benchColdStart([], { rounds: 7 });
  const [warm] = await benchWarm([], { requests: WARM_CALLS });
  for (const app of new Set(requests.map((request) => request.app))) {
    console.log(`\n${app}`);
    const built = await buildApp(join(apps, app, "app.ts"), {}, reporter);
    for (const request of requests.filter((each) => each.app === app)) await show(built, request);
  }
  const times = `cold ${cold.coldStartMs.p50.toFixed(1)} ms, warm ${(warm.callUs.p50 / 1000).toFixed(2)} ms`;
  console.log(`\nfor comparison, an empty Python handler: ${times}`);
}

async function show({ folder, manifest }, { fn, event }) {
  const { handler } = manifest.functions.find(({ name }) => name === fn);
  const zipPath = join(folder, manifest.package);
  const text = JSON.stringify(event);
  const result = await invokePackage({
    zipPath,
    handler,
    functionName: fn,
    events: [text],
    repeatWarm: WARM_CALLS,
  });
  const [first] = result.invocations;
  const warm = result.warm.map(({ durationMs }) => durationMs).sort((a, b) => a - b)[WARM_CALLS / 2];
  console.log(`\n  ${fn}`);
  console.log(`    request   ${text}`);
  console.log(`    response  ${first.payload}`);
  console.log(`    cold ${result.coldStartMs.toFixed(1)} ms, warm ${warm.toFixed(2)} ms`);
  if (first.kind !== "response") throw new Error(`${fn} ended with ${first.kind}`);
}
