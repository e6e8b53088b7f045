import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Docker from "dockerode";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { host, images, noDocker } from "../../tools/docker/injected.js";
import { apps, build, laconic, scratchApp } from "../test/laconic.js";
import { invokeInContainer } from "./lambda-container.js";

const run = promisify(execFile);
const bin = fileURLToPath(new URL("../../node_modules/.bin/laconic", import.meta.url));

const ENTRY = `import { lambda, main } from "@laconic/runtime/library";
main("Small", "one function", [lambda("one", () => 1)]);
`;

const removals: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0).reverse()) await remove();
});

async function app(files: Readonly<Record<string, string>> = { "app.ts": ENTRY }) {
  const made = await scratchApp(files);
  removals.push(made.remove);
  return made;
}

async function containers(): Promise<string[]> {
  const docker = new Docker({ socketPath: new URL(host).pathname });
  return (await docker.listContainers({ all: true })).flatMap(({ Names }) => Names);
}

/** What is left of a build that failed: nothing but the folder's own file and what is kept for a look. */
async function leftIn(folder: string): Promise<string[]> {
  return (await readdir(join(folder, ".laconic"))).filter((name) => name !== ".gitignore");
}

describe.skipIf(noDocker)("laconic build in a container", () => {
  const inDocker = () => ["--builder", "docker", "--image", images.python, "--no-network"];
  beforeAll(() => void (process.env["DOCKER_HOST"] = host));
  afterEach(async () => expect(await containers()).toEqual([]));

  it("makes a package that answers where there is only Python, an old glibc and no network", async () => {
    const built = await build(join(apps, "hello", "app.ts"), ...inDocker());
    const zip = join(built.folder, built.package);
    const { handler } = built.functions.find(({ name }) => name === "hello")!;
    const events = [{ name: "x" }, { name: "Zoë 🌍" }];
    const platform = "linux/amd64";
    const outcomes = await invokeInContainer({ zip, handler, image: images.python, platform, events });
    expect(outcomes.map(({ payload }) => JSON.parse(payload.toString()))).toEqual([
      { hello: "x" },
      { hello: "Zoë 🌍" },
    ]);
  });

  it("makes the same bytes as the local toolchain", async () => {
    const { file } = await app();
    const contained = await build(file("app.ts"), ...inDocker());
    const local = await build(file("app.ts"), "--builder", "local");
    for (const name of ["app.qbc", "app.lambda.so", "app.zip"]) {
      expect({ name, ...contained.artifacts[name] }).toEqual({ name, ...local.artifacts[name] });
    }
  });

  it("links with the image's own compiler, and the library answers", async () => {
    const { file } = await app();
    const built = await build(
      file("app.ts"),
      ...["--builder", "docker", "--image", images.gcc, "--linker", "cc", "--no-network"],
    );
    const [outcome] = await invokeInContainer({
      ...{ zip: join(built.folder, built.package), handler: built.functions[0]!.handler },
      ...{ image: images.python, platform: "linux/amd64", events: [{}] },
    });
    expect(outcome?.payload.toString()).toBe("1");
  });

  it("builds a project whose path has spaces and other letters, by the arguments that it logs", async () => {
    const { folder } = await app();
    const odd = join(dirname(folder), "grüße: 工作 2");
    await rename(folder, odd);
    removals.push(() => rm(odd, { recursive: true }));
    const { stderr, exitCode } = await laconic(["build", join(odd, "app.ts"), ...inDocker()]);
    expect(exitCode).toBe(0);
    const logged = /Args=(\[.*\])/.exec(stderr)![1]!;
    expect(JSON.parse(logged)).toContain(`type=bind,source=${odd},target=/laconic/workspace,readonly`);
  });

  it("builds into a folder that is a link to another disk", async () => {
    const { folder, file } = await app();
    const elsewhere = await mkdtemp(join(tmpdir(), "laconic-elsewhere-"));
    removals.push(() => rm(elsewhere, { recursive: true }));
    await symlink(elsewhere, join(folder, ".laconic"));
    await build(file("app.ts"), ...inDocker());
    expect(await readdir(elsewhere)).toContain("app.zip");
  });

  it("shows which links lead out of the workspace when the app needs what they name", async () => {
    const source = `import { readFileSync } from "node:fs";\nreadFileSync("settings.json");\n`;
    const { folder, file } = await app({ "app.ts": source + ENTRY });
    const elsewhere = await mkdtemp(join(tmpdir(), "laconic-elsewhere-"));
    removals.push(() => rm(elsewhere, { recursive: true }));
    await writeFile(join(elsewhere, "settings.json"), "{}");
    await symlink(join(elsewhere, "settings.json"), join(folder, "settings.json"));
    const { stderr, exitCode } = await laconic(["build", file("app.ts"), ...inDocker()]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("LAC5004") });
    expect(stderr).toContain(`settings.json -> ${elsewhere}`);
  });

  it("passes LACONIC_ variables to the app, and keeps secrets out of log and manifest", async () => {
    const check = `if (process.env.LACONIC_API_KEY !== "s3cr3t-value") throw new Error("no key");
console.error("the key is", process.env.LACONIC_API_KEY);\n`;
    const { file, folder } = await app({ "app.ts": check + ENTRY });
    process.env["LACONIC_API_KEY"] = "s3cr3t-value";
    const { stderr, exitCode } = await laconic(["build", file("app.ts"), ...inDocker()]).finally(
      () => delete process.env["LACONIC_API_KEY"],
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain('--env","LACONIC_API_KEY');
    expect(stderr).not.toContain("s3cr3t");
    expect(await readFile(join(folder, ".laconic", "manifest.json"), "utf8")).not.toContain("s3cr3t");
  });

  it("says that the image is missing, and that there is another way", async () => {
    const { file, folder } = await app();
    const asked = ["--builder", "docker", "--image", "localhost:1/none:1"];
    const { stderr, exitCode } = await laconic(["build", file("app.ts"), ...asked]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("LAC5012") });
    expect(stderr).toContain("--builder local");
    expect(await leftIn(folder)).toEqual([]);
  });

  it("says that memory ran out, and how to allow more", async () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `"${index}${"x".repeat(800)}"`);
    const { file } = await app({ "app.ts": `${ENTRY}export const texts = [\n${texts.join(",\n")}];\n` });
    const { stderr, exitCode } = await laconic(["build", file("app.ts"), ...inDocker(), "--memory", "24m"]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("LAC5017") });
    expect(stderr).toContain("--memory");
  });

  it("says that the disk is full, and leaves nothing half-written", async () => {
    const { file } = await app();
    const disk = await mkdtemp(join(tmpdir(), "laconic-full-"));
    await run("mount", ["-t", "tmpfs", "-o", "size=2m", "none", disk]);
    removals.push(() => run("umount", [disk]).then(() => rm(disk, { recursive: true })));
    const { stderr, exitCode } = await laconic(["build", file("app.ts"), ...inDocker(), "--out-dir", disk]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/LAC5018|LAC8005/),
    });
    expect(stderr).toContain("disk is full");
    const left = (await readdir(disk, { recursive: true })).filter((name) => name.endsWith(".so"));
    expect(left).toEqual([]);
  });

  it("says that the workspace is read-only, and builds elsewhere when it is told to", async () => {
    const { file, folder } = await app();
    await run("mount", ["--bind", folder, folder]);
    await run("mount", ["-o", "remount,ro,bind", folder]);
    removals.push(() => run("umount", [folder]));
    const refused = await laconic(["build", file("app.ts"), ...inDocker()]);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/LAC8005.*read-only.*--out-dir/s),
    });
    const elsewhere = await mkdtemp(join(tmpdir(), "laconic-elsewhere-"));
    removals.push(() => rm(elsewhere, { recursive: true }));
    await build(file("app.ts"), ...inDocker(), "--out-dir", elsewhere);
    expect(await readdir(elsewhere)).toContain("app.zip");
  });

  it("leaves its files to the user who calls", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laconic-user-"));
    removals.push(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, "out"));
    await run("chown", ["-R", "65534:65534", folder]);
    const socket = host.replace("unix://", "");
    await run("chmod", ["666", socket]);
    await run("chmod", ["711", dirname(socket)]);
    const args = ["build", join(apps, "hello", "app.ts"), ...inDocker(), "--out-dir", join(folder, "out")];
    const env = { ...process.env, HOME: folder, LACONIC_CACHE: folder, LACONIC_ZIG: await zig() };
    const options = { uid: 65534, gid: 65534, env };
    await run(bin, args, options);
    const { stdout } = await run("find", [join(folder, "out"), "-not", "-uid", "65534"]);
    expect(stdout).toBe("");
  });

  const moments = ["rewrite", "bundle", "compile", "describe", "link", "check", "shim"];
  it.each(moments)("is interrupted after the step %s: no container, no file is left", async (step) => {
    const { file, folder } = await app();
    const child = spawn(bin, ["build", file("app.ts"), ...inDocker()], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      // Once: a second signal ends the process without ado.
      if (!child.killed && new RegExp(`✓ ${step}`).test(said)) child.kill("SIGINT");
    });
    const [exitCode] = (await once(child, "close")) as [number | null];
    expect({ exitCode, said }).toMatchObject({ exitCode: 130, said: expect.stringContaining("LAC8009") });
    expect(await leftIn(folder)).toEqual([]);
    expect(await containers()).toEqual([]);
  });

  it("is chosen by auto, which says so; and the local toolchain where there is no engine or no image", async () => {
    const { file } = await app();
    const chosen = await laconic(["build", file("app.ts"), "--builder", "auto", "--image", images.python]);
    expect(chosen).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/in a container, because Docker/),
    });
    const imageless = await laconic([
      "build",
      file("app.ts"),
      "--builder",
      "auto",
      "--image",
      "localhost:1/none:1",
    ]);
    expect(imageless).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/on this machine.*localhost:1\/none/),
    });
    process.env["DOCKER_HOST"] = "unix:///nowhere.sock";
    const engineless = await laconic(["build", file("app.ts"), "--builder", "auto"]).finally(
      () => (process.env["DOCKER_HOST"] = host),
    );
    expect(engineless).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/on this machine.*No container engine/),
    });
  });

  it("keeps what only a container can keep to from being passed over", async () => {
    const { file } = await app();
    const { stderr, exitCode } = await laconic([
      "build",
      file("app.ts"),
      "--builder",
      "local",
      "--no-network",
    ]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("--no-network"),
    });
  });
});

/** A zig that any user can run, wherever the cache is. */
async function zig(): Promise<string> {
  const { provideZig } = await import("@laconic/docker-builder");
  const { cacheFolder } = await import("@laconic/bench");
  return provideZig(cacheFolder(), () => {});
}
