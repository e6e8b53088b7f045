// How long a warm build of `hello` takes, as a user waits for it: the whole command, with the engine, the linker and
// the image there. The time of `node --eval 0` in the same run says how fast or busy the machine is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startDocker } from "../../tools/docker.mjs";
import { whyNoDocker } from "../../tools/docker/packages.mjs";

const { rounds } = parseArgs({ options: { rounds: { type: "string", default: "9" } } }).values;
const bin = fileURLToPath(new URL("../../node_modules/.bin/laconic", import.meta.url));
const app = fileURLToPath(new URL("../apps/hello/app.ts", import.meta.url));
const results = fileURLToPath(new URL("../../.reports/bench", import.meta.url));

/** Milliseconds that a warm build may take on an idle machine of two cores. */
const BUDGETS = { local: 1500, docker: 4000 };

const folder = await mkdtemp(join(tmpdir(), "laconic-warm-build-"));
const reason = whyNoDocker();
if (reason) console.error(`the build in a container is left out, because ${reason}`);
const engine = reason ? undefined : await startDocker();
try {
  const report = await measure(engine?.description);
  for (const { name, median, fastest, nodes, steps } of report) {
    const budget = BUDGETS[name] ? `  budget ${BUDGETS[name]} ms` : "";
    console.log(
      `${name.padEnd(8)} median ${median} ms  fastest ${fastest} ms  ${nodes} node starts${budget}`,
    );
    if (steps)
      console.log(
        `         ${Object.entries(steps)
          .map(([step, ms]) => `${step} ${ms}`)
          .join("  ")}`,
      );
  }
  await mkdir(results, { recursive: true });
  await writeFile(join(results, "warm-build.json"), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Runs take turns, so that what else the machine does falls on all of them alike. */
async function measure(docker) {
  const build = ["build", app, "--json", "--out-dir"];
  const commands = {
    node: [process.execPath, ["--eval", "0"]],
    local: [bin, [...build, join(folder, "local"), "--builder", "local"]],
    ...(docker && {
      docker: [
        bin,
        [
          ...build,
          join(folder, "docker"),
          "--builder",
          "docker",
          "--no-network",
          "--image",
          docker.images.python,
        ],
      ],
    }),
  };
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  const steps = {};
  for (let round = 0; round <= Number(rounds); round += 1) {
    for (const [name, [file, args]] of Object.entries(commands)) {
      const { milliseconds, stdout } = await run(file, args, docker ? { DOCKER_HOST: docker.host } : {});
      // The first fills the caches.
      if (round > 0) times[name].push(milliseconds);
      if (stdout) steps[name] = JSON.parse(stdout).steps;
    }
  }
  const node = middle(times.node);
  return Object.entries(times).map(([name, all]) => ({
    ...{
      name,
      median: middle(all),
      fastest: Math.min(...all),
      nodes: Math.round((10 * middle(all)) / node) / 10,
    },
    steps: steps[name],
  }));
}

async function run(file, args, env) {
  const start = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${status}: ${stdout}`);
  return { milliseconds: Math.round(performance.now() - start), stdout };
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
