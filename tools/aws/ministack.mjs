// Servers that tests have in AWS's place, and an emulator that deploys stacks and runs their functions as processes:
// https://pypi.org/project/ministack
import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { awsTools } from "./environment.mjs";

const START_MS = 60_000;

/** A running emulator on a port of its own. */
export async function startMinistack(env = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "ministack-"));
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(join(awsTools(), "python"), ["-m", "ministack"], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: "local",
      S3_DATA_DIR: join(folder, "s3"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => (log = (log + text).slice(-200_000)));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    killGroup(child.pid);
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  // The functions run in its process group: nothing of it outlives the process that started it.
  const last = () => killGroup(child.pid);
  process.once("exit", last);
  void exited.then(() => process.off("exit", last));
  await ready(endpoint, child, () => log).catch(async (error) => {
    await stop();
    throw error;
  });
  return { endpoint, port, log: () => log, reset: () => reset(endpoint), stop };
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

async function ready(endpoint, child, log) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`ministack ended (${child.exitCode}):\n${log()}`);
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`ministack does not answer:\n${log()}`);
}

async function reset(endpoint) {
  const { ok, status } = await fetch(`${endpoint}/_ministack/reset`, { method: "POST" });
  if (!ok) throw new Error(`ministack cannot be reset: ${status}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * What points the AWS SDK at a server on this machine.
 *
 * @param {string} endpoint its URL
 */
export function accountAt(endpoint) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
  };
}

/**
 * Lets a server listen on a free port of the loopback interface.
 *
 * @param {import("node:http").Server} server
 * @returns {Promise<string>} its URL
 */
export async function listening(server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/**
 * Stops a server without waiting for its clients.
 *
 * @param {import("node:http").Server} server
 */
export function stopListening(server) {
  server.closeAllConnections();
  server.close();
}
