// The benchmark that CI runs: cold start, warm call and memory of the sample apps beside an empty Python
// handler, and of Express and Hono beside themselves in Node.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchColdStart, benchMemory, benchWarm, reportTable, unpack } from "@laconic/bench";
import { buildApp, Reporter } from "@laconic/orchestrator";
import { requests } from "../apps/requests.mjs";
import { besideNode, prepareNode } from "./node-subjects.mjs";

const { values: sizes } = parseArgs({
  options: {
    rounds: { type: "string", default: "40" },
    requests: { type: "string", default: "5000" },
    "memory-requests": { type: "string", default: "100000" },
  },
});
const apps = fileURLToPath(new URL("../apps", import.meta.url));
const results = fileURLToPath(new URL("../../.reports/bench", import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), "laconic-bench-"));

try {
  const library = await prepareSubjects();
  const left = [];
  const node = await prepareNode(console.error).catch((error) => left.push(missing(error)) && undefined);
  const subjects = node ? await besideNode(library, node, scratch) : library;
  const hello = subjects.find(({ name }) => name === "hello");
  const report = {
    coldStart: await benchColdStart(subjects, { rounds: Number(sizes.rounds) }),
    warm: await benchWarm(subjects, { requests: Number(sizes.requests) }),
    memory: [await benchMemory(hello, { requests: Number(sizes["memory-requests"]) })],
  };
  console.log([reportTable(report), ...left].join("\n\n"));
  await mkdir(results, { recursive: true });
  await writeFile(join(results, "e2e.json"), `${JSON.stringify({ ...report, left }, null, 2)}\n`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function missing({ message, hint }) {
  return `Node is not in this report: ${message}${hint ? `; ${hint}` : ""}`;
}

async function prepareSubjects() {
  const subjects = [];
  for (const app of new Set(requests.map((request) => request.app))) {
    const { folder, manifest } = await buildApp(
      join(apps, app, "app.ts"),
      {},
      new Reporter(process.stderr, "error"),
    );
    const taskDir = join(scratch, app);
    await mkdir(taskDir);
    await unpack(join(folder, manifest.package), taskDir);
    for (const { fn, event } of requests.filter((each) => each.app === app)) {
      const { handler } = manifest.functions.find(({ name }) => name === fn);
      subjects.push({ name: fn, taskDir, handler, functionName: fn, event: JSON.stringify(event) });
    }
  }
  return subjects;
}
