import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "../../src/index.js";
import { host, noDocker } from "./engine.js";

describe.skipIf(noDocker)("finding the container engine", () => {
  let home: string;
  beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), "laconic-home-"))));
  afterEach(() => rm(home, { recursive: true, force: true }));
  afterEach(() => vi.useRealTimers());

  const find = (env: Record<string, string>) => connect({ env, home, uid: 0 });

  async function context(name: string, address: string): Promise<void> {
    const id = createHash("sha256").update(name).digest("hex");
    const folder = join(home, ".docker", "contexts", "meta", id);
    await mkdir(folder, { recursive: true });
    const metadata = { Name: name, Endpoints: { docker: { Host: address } } };
    await writeFile(join(folder, "meta.json"), JSON.stringify(metadata));
  }

  it("takes the one that DOCKER_HOST names", async () => {
    const { name, platform, endpoint } = await find({ DOCKER_HOST: host });
    expect(name).toMatch(/^Docker \d/);
    expect(platform).toBe(`linux/${process.arch === "arm64" ? "arm64" : "amd64"}`);
    expect(endpoint.source).toBe("DOCKER_HOST");
  });

  it("takes the one of the chosen context", async () => {
    await context("colima", host);
    await writeFile(join(home, ".docker", "config.json"), '{ "currentContext": "colima" }');
    expect((await find({})).endpoint).toMatchObject({ source: 'the context "colima"', address: host });
  });

  it("takes the context that DOCKER_CONTEXT names before the chosen one", async () => {
    await context("colima", "unix:///nowhere.sock");
    await context("mine", host);
    await writeFile(join(home, ".docker", "config.json"), '{ "currentContext": "colima" }');
    expect((await find({ DOCKER_CONTEXT: "mine" })).endpoint.address).toBe(host);
  });

  it("says that a named context is not there", async () => {
    await expect(find({ DOCKER_CONTEXT: "gone" })).rejects.toMatchObject({
      code: "LAC5010",
      message: expect.stringContaining('"gone"'),
    });
  });

  it("takes a socket in a home folder: Desktop's, Colima's, Podman's", async () => {
    const runtime = join(home, "run");
    await mkdir(join(runtime, "podman"), { recursive: true });
    const forward = createServer((client) => {
      const engine = connectTo(host);
      client.pipe(engine).pipe(client);
    });
    forward.listen(join(runtime, "podman", "podman.sock"));
    await once(forward, "listening");
    try {
      expect((await find({ XDG_RUNTIME_DIR: runtime })).endpoint.source).toBe("Podman's socket");
    } finally {
      forward.close();
    }
  });

  it("tries no other engine than the one that is named, and says what it tried", async () => {
    const failed = find({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
    await expect(failed).rejects.toMatchObject({
      code: "LAC5010",
      frame: "unix:///nowhere/docker.sock (DOCKER_HOST): there is no such socket",
      hint: expect.stringContaining("--builder local"),
    });
  });

  it("lists every place it looked at when no engine is there", async () => {
    const failed = await find({ XDG_RUNTIME_DIR: join(home, "run") }).catch((error: unknown) => error);
    // A machine with an engine of its own at the usual place would be found there.
    if (failed instanceof Error)
      expect(failed).toMatchObject({ frame: expect.stringMatching(/Colima's.*Podman's/s) });
    else expect(failed).toMatchObject({ endpoint: { source: "Docker's socket" } });
  });

  it("gives up on a socket that never answers", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    // From the connection on nothing but the time that an engine has is waited for.
    const silent = createServer(() => void vi.runAllTimers());
    silent.listen(join(home, "silent.sock"));
    await once(silent, "listening");
    const failed = find({ DOCKER_HOST: `unix://${join(home, "silent.sock")}` });
    await expect(failed).rejects.toMatchObject({
      code: "LAC5010",
      frame: expect.stringContaining("no answer"),
    });
    silent.close();
  });

  it.each(["localhost:2375", "ftp://x", "unix//x"])(
    "says what is wrong with DOCKER_HOST=%s",
    async (address) => {
      await expect(find({ DOCKER_HOST: address })).rejects.toMatchObject({
        code: "LAC5010",
        message: expect.stringContaining(address),
      });
    },
  );

  it("says that the user may not use the socket", async () => {
    const file = host.replace("unix://", "");
    await chmod(file, 0o600);
    const script = fileURLToPath(new URL("connect-as-nobody.mjs", import.meta.url));
    const child = spawn(process.execPath, [script, host], {
      uid: 65534,
      gid: 65534,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await once(child, "close");
    expect(JSON.parse(said)).toMatchObject({ code: "LAC5011", hint: expect.stringContaining("usermod") });
  });
});

function connectTo(address: string) {
  return createConnection(address.replace("unix://", ""));
}
