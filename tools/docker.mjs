// A container engine for the tests: Debian's own, started for one run, with images made from Debian's packages,
// since no image registry need be there. Also a vitest global set-up, and a command that keeps it up until Ctrl-C.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cannotRun } from "./ci.mjs";
import { emulateArm64 } from "./docker/emulation.mjs";
import { IMAGES, importImage } from "./docker/images.mjs";
import { installDebianPackages, whyNoDocker } from "./docker/packages.mjs";

/**
 * Vitest's global set-up: tests find the engine with `inject("docker")`, or in it why there is none, when they are skipped.
 * In CI that is a failure.
 */
export default async function setup({ provide }) {
  const lacking = whyNoDocker();
  const engine = lacking ? { reason: lacking } : await attempted(startDocker);
  if (engine.reason) {
    cannotRun("the tests that need a container engine", engine.reason);
    provide("docker", { reason: engine.reason });
    return undefined;
  }
  try {
    if (!engine.description.arm64) {
      cannotRun("the tests in containers for arm64", "this machine does not emulate it, as is told above");
    }
  } catch (error) {
    await engine.stop();
    throw error;
  }
  provide("docker", engine.description);
  return engine.stop;
}

async function attempted(start) {
  try {
    return await start();
  } catch (error) {
    return { reason: error.message };
  }
}

/**
 * Installs what is missing, starts an engine of its own and gives it the images of ./docker/images.mjs.
 *
 * @returns {Promise<{ description: { host: string, folder: string, images: Record<string, string>, arm64: boolean },
 *   stop: () => Promise<void> }>} `host` is for DOCKER_HOST, `arm64` whether containers of that platform run
 */
export async function startDocker() {
  installDebianPackages();
  const arm64 = emulateArm64();
  const folder = mkdtempSync(join(tmpdir(), "laconic-docker-"));
  const daemon = new Daemon(folder);
  try {
    await daemon.start();
    for (const image of IMAGES) await importImage(image, daemon.socket);
  } catch (error) {
    await daemon.stop();
    throw error;
  }
  const images = Object.fromEntries(IMAGES.map(({ key, tag }) => [key, tag]));
  return {
    description: { host: `unix://${daemon.socket}`, folder, images, arm64 },
    stop: () => daemon.stop(),
  };
}

/** One engine with all its files in one folder; the same folder starts again as the same engine. */
export class Daemon {
  constructor(folder) {
    this.folder = folder;
    this.socket = join(folder, "docker.sock");
  }

  async start() {
    const log = openSync(join(this.folder, "dockerd.log"), "a");
    this.process = spawn(
      "dockerd",
      [
        ...["--host", `unix://${this.socket}`, "--data-root", join(this.folder, "data")],
        ...["--exec-root", join(this.folder, "exec"), "--pidfile", join(this.folder, "dockerd.pid")],
        // Containers have no network of their own, so that nothing of this machine's is changed.
        ...["--bridge", "none", "--iptables=false", "--ip6tables=false"],
      ],
      { stdio: ["ignore", log, log], detached: true },
    );
    closeSync(log);
    this.exited = new Promise((resolve) => this.process.once("exit", resolve));
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (await answers(this.socket)) return;
      if (this.process.exitCode !== null) break;
      await sleep(100);
    }
    throw new Error(
      `dockerd did not start:\n${readFileSync(join(this.folder, "dockerd.log"), "utf8").slice(-2000)}`,
    );
  }

  /** @param {NodeJS.Signals} signal SIGKILL is what a crash looks like */
  async kill(signal = "SIGKILL") {
    this.process.kill(signal);
    await this.exited;
    if (signal === "SIGKILL") this.killContainerd();
  }

  /** An engine that was killed cannot take back what it had mounted. */
  unmountAll() {
    const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
    const folders = mounts
      .map((line) => line.split(" ")[1])
      .filter((folder) => folder?.startsWith(`${this.folder}/`));
    for (const folder of folders.sort().reverse()) spawnSync("umount", ["--lazy", folder]);
  }

  /** Its own containerd outlives a killed engine, and the next one waits for it in vain. */
  killContainerd() {
    const file = join(this.folder, "exec", "containerd", "containerd.pid");
    if (!existsSync(file)) return;
    try {
      process.kill(Number(readFileSync(file, "utf8")), "SIGKILL");
    } catch {
      // It has ended with the engine.
    }
    rmSync(file);
  }

  async stop() {
    await this.kill("SIGTERM");
    this.unmountAll();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function answers(socketPath) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once("error", () => resolve(false)).end();
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reason = whyNoDocker();
  if (reason) {
    console.error(`No container engine can be started, because ${reason}`);
    process.exit(1);
  }
  const { description, stop } = await startDocker();
  console.log(
    `DOCKER_HOST=${description.host}\nimages: ${Object.values(description.images).join(", ")}\nCtrl-C ends it.`,
  );
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop().then(() => process.exit(0)));
}
