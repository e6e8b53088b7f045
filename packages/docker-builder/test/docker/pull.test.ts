import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { buildInContainer } from "../../src/index.js";
import { engine, images, noDocker } from "./engine.js";

const run = promisify(execFile);

/** `tester` and `open sesame`, as a registry keeps them. */
const PASSWORDS = "tester:$2b$05$NT.6GK3iIwZ6iSULrnKh2uVHj7aXZReW64/y.w3jDEV6ch57HIcK.\n";

describe.skipIf(noDocker)("pulling an image from a registry", () => {
  let folder: string;
  const registries: ChildProcess[] = [];
  let open: string;
  let guarded: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-registry-"));
    await writeFile(join(folder, "passwords"), PASSWORDS);
    open = `${await serve()}/laconic/python:1`;
    const auth = `auth: { htpasswd: { realm: test, path: ${join(folder, "passwords")} } }`;
    guarded = `${await serve(auth)}/laconic/python:1`;
    await push(open);
  });
  afterAll(async () => {
    for (const registry of registries) registry.kill();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => vi.unstubAllEnvs());

  /** Both serve what the first was given. */
  async function serve(more = ""): Promise<string> {
    const port = await freePort();
    const config = join(folder, `${port}.yml`);
    const storage = `storage: { filesystem: { rootdirectory: ${join(folder, "images")} }, cache: {} }`;
    await mkdir(join(folder, "images"), { recursive: true });
    await writeFile(config, `version: 0.1\nhttp: { addr: "127.0.0.1:${port}" }\n${storage}\n${more}\n`);
    const registry = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
    registries.push(registry);
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/v2/`).then(
        () => true,
        () => false,
      );
    await vi.waitUntil(answers, { timeout: 20_000, interval: 100 });
    return `127.0.0.1:${port}`;
  }

  async function push(image: string): Promise<void> {
    const { docker } = await engine();
    const [repo, tag] = [image.slice(0, image.lastIndexOf(":")), image.slice(image.lastIndexOf(":") + 1)];
    await docker.getImage(images.python).tag({ repo, tag });
    await upload(image);
  }

  async function upload(image: string): Promise<void> {
    const { docker } = await engine();
    for await (const line of await docker.getImage(image).push({ authconfig: {} })) {
      if (/"error"/.test(String(line))) throw new Error(String(line));
    }
  }

  async function build(image: string, lines: string[] = []): Promise<string> {
    const containerEngine = await engine();
    await containerEngine.docker
      .getImage(image)
      .remove()
      .catch(() => {});
    const { stdout } = await buildInContainer({
      ...{ workspace: folder, image, command: ["echo", "built"], network: false, containerEngine },
      onProgress: (line) => void lines.push(line),
    });
    return stdout;
  }

  it("happens once, and tells of its progress", async () => {
    const lines: string[] = [];
    expect(await build(open, lines)).toBe("built\n");
    expect(lines[0]).toContain(`Pulling ${open}`);
  });

  it("uses what `docker login` left", async () => {
    const auth = Buffer.from("tester:open sesame").toString("base64");
    const config = { auths: { [guarded.split("/", 1)[0]!]: { auth } } };
    await writeFile(join(folder, "config.json"), JSON.stringify(config));
    vi.stubEnv("DOCKER_CONFIG", folder);
    expect(await build(guarded)).toBe("built\n");
  });

  it("asks a credential helper", async () => {
    const helper = join(folder, "docker-credential-laconic-test");
    const answer = { Username: "tester", Secret: "open sesame" };
    await writeFile(helper, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`, { mode: 0o755 });
    await writeFile(join(folder, "config.json"), '{ "credsStore": "laconic-test" }');
    vi.stubEnv("DOCKER_CONFIG", folder);
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    expect(await build(guarded)).toBe("built\n");
  });

  it("is refused by name without credentials", async () => {
    await expect(build(guarded)).rejects.toMatchObject({
      code: "LAC5012",
      message: expect.stringContaining(guarded),
      hint: expect.stringContaining("docker login"),
    });
  });

  it("fails when a layer is damaged, although the answer's status is good", async () => {
    // A layer that the engine has from nowhere else.
    const only = `${open.split("/", 1)[0]}/laconic/only:1`;
    const { docker } = await engine();
    await writeFile(join(folder, "ballast"), randomBytes(4 << 20));
    const { stdout } = await run("tar", ["-C", folder, "-c", "ballast"], {
      encoding: "buffer",
      maxBuffer: 16 << 20,
    });
    for await (const _ of await docker.importImage(Readable.from([stdout]), {
      repo: only.slice(0, -2),
      tag: "1",
    }))
      void _;
    await upload(only);
    const blobs = join(folder, "images/docker/registry/v2/blobs/sha256");
    for (const name of await readdir(blobs, { recursive: true })) {
      const file = join(blobs, name);
      const { size } = await stat(file);
      if (name.endsWith("/data") && size > 4 << 20 && size < 5 << 20) await truncate(file, size - 1000);
    }
    await expect(build(only)).rejects.toMatchObject({
      code: "LAC5012",
      message: expect.stringContaining("pulling it failed"),
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
