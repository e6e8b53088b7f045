// Builds in two clones at once with empty caches, then kills builds with empty caches at random points, and holds the
// results against each other:
//
//   node tools/interrupted-builds.mjs [kills, 10 by default]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanClone } from "./clean-clone.mjs";
import { emptyCaches } from "./empty-caches.mjs";

const KILLS = Number(process.argv[2] ?? 10);
/** The first kills meet the installation of packages, later ones the compilers and the apps' own builds. */
const LONGEST_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), "laconic-interrupted-"));
try {
  await twoAtOnce();
  await killed();
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function twoAtOnce() {
  const environment = cachesIn("shared");
  const clones = ["first", "second"].map((name) => cleanClone(join(folder, name)));
  const ended = await Promise.all(clones.map((each) => demo(each, environment).ended));
  check(
    "two clones that build at once both succeed",
    ended.every((code) => code === 0),
  );
  check("they build the same", new Set(clones.map(digest)).size === 1);
}

async function killed() {
  const environment = cachesIn("killed");
  const interrupted = cleanClone(join(folder, "interrupted"));
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const after = Math.round(Math.random() * LONGEST_MS);
    const running = demo(interrupted, environment);
    const code = await Promise.race([running.ended, sleep(after)]);
    running.kill();
    await running.ended;
    console.log(
      `kill ${kill} after ${(after / 1000).toFixed(1)} s${code === undefined ? "" : `: it had ended with ${code}`}`,
    );
  }
  check("a build after the killed ones succeeds", (await demo(interrupted, environment).ended) === 0);
  check("it builds what an undisturbed one does", digest(interrupted) === digest(join(folder, "first")));
}

function cachesIn(name) {
  mkdirSync(join(folder, name));
  return { ...process.env, ...emptyCaches(join(folder, name)) };
}

/** Runs the demo in a process group of its own, which is killed as a whole. */
function demo(clone, env) {
  const child = spawn("npm", ["run", "demo"], {
    cwd: clone,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise((resolve) =>
    child.once("exit", (code, signal) => {
      if (code !== 0 && signal === null) console.error(output.slice(-4000));
      resolve(signal ?? code);
    }),
  );
  return { ended, kill: () => killGroup(child.pid) };
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** What a clone built: the engine's files and every app's zip. */
function digest(clone) {
  const hash = createHash("sha256");
  const engines = join(clone, "packages/engine/dist");
  for (const target of readdirSync(engines).sort()) {
    for (const name of readdirSync(join(engines, target)).sort())
      hash.update(readFileSync(join(engines, target, name)));
  }
  const apps = readdirSync(join(clone, "e2e/apps"));
  const zips = apps.map((app) => join(clone, "e2e/apps", app, ".laconic/app.zip")).filter(existsSync);
  if (zips.length === 0) throw new Error(`${clone} holds no app's zip`);
  for (const zip of zips) hash.update(readFileSync(zip));
  return hash.digest("hex");
}

function check(what, holds) {
  console.log(`${holds ? "ok" : "FAILED"}: ${what}`);
  if (!holds) process.exitCode = 1;
}
