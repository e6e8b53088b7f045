// `npx nx soak @laconic/e2e [-- <share>]`: many requests in one process, which must neither grow nor answer wrong.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pythonEnvironment, unpack } from "@laconic/bench";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const laconic = join(here, "../../node_modules/.bin/laconic");
const share = Number(process.argv[2] ?? 1);

/** Requests of each part; of the threads, what each of the eight makes. */
const PARTS = [
  { app: "hello", part: "hello", requests: 1_000_000 },
  { app: "hono-zod", part: "orders", requests: 100_000 },
  { app: "hello", part: "threads", requests: 50_000 },
];

/** Percent that the memory may be above that after the first tenth. */
const GROWTH = 2;

let failed = false;
for (const { app, part, requests } of PARTS) {
  const folder = await mkdtemp(join(tmpdir(), "laconic-soak-"));
  try {
    const { stdout } = await run(laconic, ["build", join(here, "../apps", app, "app.ts"), "--json"]);
    const built = JSON.parse(stdout);
    await unpack(join(built.folder, built.package), folder);
    const { python } = await pythonEnvironment();
    const count = String(Math.ceil(requests * share));
    const env = { ...process.env, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256", AWS_LAMBDA_LOG_LEVEL: "FATAL" };
    const result = JSON.parse(
      (await run(python, [join(here, "soak.py"), folder, part, count], { env })).stdout,
    );
    const wrong = result.wrong > 0 || result.growthPercent > GROWTH;
    failed ||= wrong;
    console.log(`${wrong ? "✗" : "✓"} ${describe(result)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;

function describe({ part, requests, threads, seconds, wrong, earlyMegabytes, lateMegabytes, growthPercent }) {
  const times = threads ? `${threads} threads x ${requests}` : `${requests}`;
  const memory = earlyMegabytes
    ? `, ${earlyMegabytes.toFixed(1)} MB after a tenth, ${lateMegabytes.toFixed(1)} MB at the end (${growthPercent.toFixed(2)} %)`
    : "";
  return `${part}: ${times} requests in ${seconds.toFixed(0)} s, ${wrong} wrong${memory}`;
}
