import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "@laconic/bench";
import { provideZig } from "@laconic/docker-builder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { host, images, noDocker, runsArm64 } from "../../tools/docker/injected.js";
import type { Built } from "../test/laconic.js";
import { invokeInContainer } from "./lambda-container.js";
import { NpmRegistry } from "../test/npm-registry.js";
import { packAll } from "../test/packed.js";

const run = promisify(execFile);

const ENTRY = `import { lambda, main } from "@laconic/runtime/library";
main("Small", "one function", [lambda("one", () => process.arch)]);
`;

describe("the published packages, on a machine without Rust and Docker", () => {
  let folder: string;
  let registry: NpmRegistry;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-published-"));
    registry = await NpmRegistry.serve(await packAll(join(folder, "packed"), "all"));
    const project = join(folder, "project");
    await mkdir(project);
    await writeFile(join(project, ".npmrc"), `@laconic:registry=${registry.url}\n`);
    await writeFile(join(project, "package.json"), '{ "type": "module" }');
    await writeFile(join(project, "app.ts"), ENTRY);
    env = { ...(await bareMachine(join(folder, "bin"))), LACONIC_CACHE: join(folder, "cache") };
    const packages = ["@laconic/cli", "@laconic/runtime"];
    await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: project, env });
  });
  afterAll(async () => {
    await registry?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const installed = (name: string) => join(folder, "project", "node_modules", "@laconic", name);

  async function build(...args: string[]): Promise<Built> {
    const laconic = join(folder, "project", "node_modules", ".bin", "laconic");
    const options = { cwd: join(folder, "project"), env, maxBuffer: 64 << 20 };
    const { stdout } = await run(laconic, ["build", "app.ts", "--json", ...args], options).catch((error) => {
      throw new Error(`${error}\n${(error as { stdout: string }).stdout}`);
    });
    return JSON.parse(stdout) as Built;
  }

  it("bring the engine of this platform, and no other", () => {
    const other = process.arch === "arm64" ? "x64" : "arm64";
    expect(existsSync(join(installed(`engine-linux-${process.arch}`), "engine.json"))).toBe(true);
    expect(existsSync(installed(`engine-linux-${other}`))).toBe(false);
  });

  it("build for this platform, and the package answers", async () => {
    const built = await build();
    if (noDocker) return void expect(built.target.triple).toContain("x86_64");
    expect(await answerOf(built, images.python, "linux/amd64")).toBe('"x64"');
  });

  it("build for arm64 with an engine that is fetched once", async () => {
    const tarballs = () => registry.requests.filter((path) => path.endsWith(".tgz")).length;
    const before = tarballs();
    const built = await build("--platform", "linux/arm64");
    await build("--platform", "linux/arm64");
    expect(built.target.triple).toBe("aarch64-unknown-linux-gnu");
    expect(tarballs()).toBe(before + (process.arch === "arm64" ? 0 : 1));
    if (runsArm64) expect(await answerOf(built, images.pythonArm64, "linux/arm64")).toBe('"arm64"');
  });

  it("say which package is missing when it cannot be fetched", async () => {
    const offline = { ...env, LACONIC_CACHE: join(folder, "other-cache"), npm_config_fetch_retries: "0" };
    await writeFile(join(folder, "project", ".npmrc"), "@laconic:registry=http://127.0.0.1:1\n");
    const failed = run(
      join(folder, "project/node_modules/.bin/laconic"),
      ["build", "app.ts", "--platform", "linux/arm64"],
      {
        cwd: join(folder, "project"),
        env: offline,
      },
    );
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/LAC8007.*engine-linux-arm64/s),
    });
  });
});

async function answerOf(
  built: Built,
  image: string,
  platform: "linux/amd64" | "linux/arm64",
): Promise<string> {
  process.env["DOCKER_HOST"] = host;
  const [outcome] = await invokeInContainer({
    ...{ zip: join(built.folder, built.package), handler: built.functions[0]!.handler },
    ...{ image, platform, events: [{}] },
  });
  return String(outcome?.payload);
}

/** An environment whose PATH has Node, npm and Python, and no compiler, no Rust, no container engine. */
async function bareMachine(bin: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(bin);
  for (const program of ["node", "npm", "python3", "sh", "env", "tar", "gzip"]) {
    const { stdout } = await run("sh", ["-c", `command -v ${program}`]);
    await symlink(stdout.trim(), join(bin, program));
  }
  const zig = await provideZig(cacheFolder(), () => {});
  return { PATH: bin, HOME: dirname(bin), LACONIC_ZIG: zig, NO_COLOR: "1" };
}
