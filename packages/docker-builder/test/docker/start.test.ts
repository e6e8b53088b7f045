import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildInContainer, type ContainerBuild } from "../../src/index.js";
import { containers, engine, images, noDocker, runsArm64 } from "./engine.js";

const run = promisify(execFile);

describe.skipIf(noDocker)("a container that cannot start", () => {
  let workspace: string;
  beforeEach(async () => void (workspace = await mkdtemp(join(tmpdir(), "laconic-start-"))));
  afterEach(async () => {
    await rm(workspace, { recursive: true, force: true });
    expect(await containers()).toEqual([]);
  });

  async function build(options: Partial<ContainerBuild>) {
    return buildInContainer({
      ...{ workspace, image: images.python, command: ["true"], network: false },
      containerEngine: await engine(),
      ...options,
    });
  }

  it("says that the image is missing and cannot be pulled", async () => {
    await expect(build({ image: "localhost:1/laconic/none:1" })).rejects.toMatchObject({
      code: "LAC5012",
      message: expect.stringContaining("localhost:1/laconic/none:1"),
      hint: expect.stringContaining("--image"),
    });
  });

  it("says that the image's name is none", async () => {
    await expect(build({ image: "No Name" })).rejects.toMatchObject({ code: "LAC5012" });
  });

  it("says what an image without the basic tools lacks", async () => {
    const { docker } = await engine();
    // Two empty blocks are a tar without a file.
    const answer = await docker.importImage(Readable.from([Buffer.alloc(1024)]), {
      repo: "laconic-test/empty",
      tag: "1",
    });
    for await (const line of answer) void line;
    await expect(build({ image: "laconic-test/empty:1" })).rejects.toMatchObject({
      code: "LAC5013",
      message: expect.stringContaining('"cat"'),
    });
  });

  it("says that the machine cannot run the image's programs", async () => {
    const { docker } = await engine();
    const folder = await mkdtemp(join(tmpdir(), "laconic-foreign-"));
    await mkdir(join(folder, "bin"));
    // The header of a program for a machine that nothing here emulates: Motorola 88000.
    const header = Buffer.from("7f454c4601020100000000000000000000020025", "hex");
    await writeFile(join(folder, "bin", "cat"), Buffer.concat([header, Buffer.alloc(512)]), { mode: 0o755 });
    const { stdout } = await run("tar", ["-C", folder, "-c", "."], { encoding: "buffer" });
    const answer = await docker.importImage(Readable.from([stdout]), {
      repo: "laconic-test/foreign",
      tag: "1",
    });
    for await (const line of answer) void line;
    await rm(folder, { recursive: true });
    await expect(build({ image: "laconic-test/foreign:1" })).rejects.toMatchObject({
      code: "LAC5013",
      message: expect.stringContaining("cannot run laconic-test/foreign:1"),
      hint: expect.stringContaining("qemu"),
    });
  });

  it("says that the engine does not see the workspace", async () => {
    await expect(build({ workspace: join(workspace, "gone") })).rejects.toMatchObject({
      code: "LAC5013",
      message: expect.stringContaining("does not see"),
    });
  });

  it("says that a limit is refused", async () => {
    await expect(build({ memoryBytes: 1024 })).rejects.toMatchObject({
      code: "LAC5013",
      hint: expect.stringContaining("--memory"),
    });
  });

  it.skipIf(!runsArm64)("runs an image of another platform, when the machine emulates it", async () => {
    const { stdout } = await build({
      image: images.pythonArm64,
      platform: "linux/arm64",
      command: ["uname", "-m"],
    });
    expect(stdout).toBe("aarch64\n");
  });

  it("says that the image is for another platform than the one that was asked for", async () => {
    await expect(build({ image: images.python, platform: "linux/s390x" })).rejects.toMatchObject({
      code: "LAC5012",
      message: expect.stringContaining(images.python),
    });
  });
});
