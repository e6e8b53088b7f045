import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Daemon } from "../../../../tools/docker.mjs";
import { IMAGES, importImage } from "../../../../tools/docker/images.mjs";
import { buildInContainer } from "../../src/index.js";
import { containers, engine, host, images, noDocker } from "./engine.js";
import { FaultySocket } from "./faulty-socket.js";

describe.skipIf(noDocker)("an engine that is lost", () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "laconic-lost-"))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function build(address: string, onProgress: (line: string) => void = () => {}) {
    return buildInContainer({
      ...{
        workspace: folder,
        image: images.python,
        command: ["sh", "-c", "echo up; sleep 60"],
        network: false,
      },
      ...{ containerEngine: await engine(address), onProgress },
    });
  }

  describe("when the connection breaks", () => {
    let faulty: FaultySocket;
    beforeEach(async () => {
      faulty = await FaultySocket.start(join(folder, "faulty.sock"), host.replace("unix://", ""));
    });
    afterEach(() => faulty.close());

    const moments = [
      ["while the container is made", "POST /containers/create", "cut"],
      ["when the container has been made", "POST /containers/create", "cut after the answer"],
      ["while the container is attached to", "/attach", "cut"],
      ["while the container is started", "/start", "cut"],
      ["when the container has been started", "/start", "cut after the answer"],
      ["while the command is made", "/exec", "cut"],
      ["while the command starts", "/exec/", "cut"],
    ] as const;

    it.each(moments)("%s: the build says so, and no container is left", async (_, request, fate) => {
      let fired = false;
      faulty.onRequest = (line) => {
        if (fired || !line.includes(request)) return "pass";
        fired = true;
        return fate;
      };
      await expect(build(faulty.address)).rejects.toMatchObject({ code: "LAC5014" });
      expect(fired).toBe(true);
      await expect.poll(() => containers(), { timeout: 20_000 }).toEqual([]);
    });

    it("for good, while the command runs: the build says so, and the container goes by itself", async () => {
      const building = build(faulty.address, (line) => {
        if (line !== "up") return;
        faulty.onRequest = () => "cut";
        faulty.cutAll();
      });
      await expect(building).rejects.toMatchObject({
        code: "LAC5014",
        hint: expect.stringContaining("laconic-build-"),
      });
      await expect.poll(() => containers(), { timeout: 20_000 }).toEqual([]);
    });
  });

  it("says that its daemon was killed, and a restarted one has no container of the build's", async () => {
    const daemon = new Daemon(await mkdtemp(join(tmpdir(), "laconic-daemon-")));
    await daemon.start();
    try {
      await importImage(
        IMAGES.find(({ key }) => key === "python")!,
        daemon.socket,
      );
      const address = `unix://${daemon.socket}`;
      const building = build(address, (line) => void (line === "up" && daemon.kill("SIGKILL")));
      await expect(building).rejects.toMatchObject({ code: "LAC5014" });
      await daemon.start();
      await expect.poll(() => containers(address), { timeout: 20_000 }).toEqual([]);
    } finally {
      await daemon.stop();
    }
  });

  it("leaves no container when the building process is killed", async () => {
    const script = fileURLToPath(new URL("build-for-ever.mjs", import.meta.url));
    const child = spawn(process.execPath, [script, folder, images.python], {
      env: { ...process.env, DOCKER_HOST: host },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const chunk of child.stdout) if (/^up$/m.test(String(chunk))) break;
    expect(await containers()).toHaveLength(1);
    child.kill("SIGKILL");
    await expect.poll(() => containers(), { timeout: 20_000 }).toEqual([]);
  });

  it("removes what a process left that was killed before its container started", async () => {
    const { docker } = await engine();
    const dead = { "dev.laconic.builder.owner": `${(await import("node:os")).hostname()}/999999999` };
    await docker.createContainer({ Image: images.python, Cmd: ["true"], Labels: dead });
    await buildInContainer({
      ...{ workspace: folder, image: images.python, command: ["true"], network: false },
      containerEngine: await engine(),
    });
    expect(await containers()).toEqual([]);
  });
});
