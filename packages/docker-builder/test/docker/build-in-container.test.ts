import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildInContainer, type ContainerBuild } from "../../src/index.js";
import { containers, engine, images, noDocker } from "./engine.js";

const run = promisify(execFile);

const SOURCE = `#include <stdlib.h>
int answer(void) { return 42; }
`;
const GCC = ["gcc", "-shared", "-fPIC", "-O2", "-o", "libanswer.so", "answer.c"] as const;

describe.skipIf(noDocker)("a build of any library in a container", () => {
  let workspace: string;
  const lines: string[] = [];

  beforeEach(async () => {
    // A name that breaks whatever puts a path into a command line or a colon-separated list.
    workspace = await mkdtemp(join(tmpdir(), "laconic grüße: 工作 "));
    lines.length = 0;
  });
  afterEach(async () => {
    await rm(workspace, { recursive: true, force: true });
    expect(await containers()).toEqual([]);
  });

  async function build(options: Partial<ContainerBuild>) {
    return buildInContainer({
      ...{ workspace, image: images.gcc, command: GCC, network: false },
      ...{ containerEngine: await engine(), onProgress: (line: string) => void lines.push(line) },
      ...options,
    });
  }

  it("makes a C library that this machine loads, and logs the exact arguments", async () => {
    await writeFile(join(workspace, "answer.c"), SOURCE);
    await build({ outputs: ["libanswer.so"] });
    const load = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).answer())";
    const { stdout } = await run("python3", ["-c", load, join(workspace, "libanswer.so")]);
    expect(stdout).toBe("42\n");
    expect(lines.find((line) => line.startsWith("Args=["))).toContain(
      JSON.stringify(GCC).slice(1, -1).split(",", 1)[0],
    );
    expect(lines.join("\n")).toContain(`source=${workspace},target=/workspace`);
  });

  it("leaves its files to the calling user", async () => {
    await writeFile(join(workspace, "answer.c"), SOURCE);
    await build({});
    const made = await stat(join(workspace, "libanswer.so"));
    expect([made.uid, made.gid]).toEqual([process.getuid!(), process.getgid!()]);
  });

  it("tells what the compiler says, line by line, when it fails", async () => {
    await writeFile(join(workspace, "answer.c"), "int answer(void) { return forty_two; }\n");
    const failed = await build({}).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "LAC5019", message: expect.stringContaining("gcc") });
    expect(failed).toMatchObject({ frame: expect.stringContaining("forty_two") });
    expect(lines.some((line) => line.includes("answer.c:1:"))).toBe(true);
  });

  it("counts an output that was not made as a failure", async () => {
    await expect(build({ command: ["true"], outputs: ["libanswer.so"] })).rejects.toMatchObject({
      code: "LAC5019",
      message: expect.stringContaining("libanswer.so"),
    });
  });

  it("refuses an output outside of the workspace", async () => {
    await expect(build({ outputs: ["../x.so"] })).rejects.toMatchObject({ code: "LAC5020" });
  });

  it("names the links that lead out of the workspace when a build fails", async () => {
    await mkdir(join(workspace, "src"));
    await symlink("/etc/hostname", join(workspace, "src", "answer.c"));
    await expect(build({ command: ["gcc", "-c", "src/answer.c"] })).rejects.toMatchObject({
      code: "LAC5019",
      hint: expect.stringContaining("src/answer.c -> /etc/hostname"),
    });
  });

  it("passes LACONIC_ variables in, and shows no secret", async () => {
    process.env["LACONIC_MODE"] = "strict";
    process.env["LACONIC_API_TOKEN"] = "tok-53cr3t";
    process.env["LACONIC_DATABASE"] = "postgres://app:hunter22@db/x";
    process.env["OTHER_MODE"] = "hidden";
    try {
      const { stdout } = await build({ command: ["sh", "-c", "env; echo token is $LACONIC_API_TOKEN"] });
      expect(stdout).toContain("LACONIC_MODE=strict");
      expect(stdout).toContain("LACONIC_API_TOKEN=tok-53cr3t");
      expect(stdout).not.toContain("OTHER_MODE");
    } finally {
      vi.unstubAllEnvs();
    }
    const log = lines.join("\n");
    expect(log).toContain("LACONIC_MODE=strict");
    expect(log).toContain("token is ***");
    expect(log).not.toMatch(/53cr3t|hunter22/);
  });

  it("shows no secret in the error of a failed build", async () => {
    const env = { DEPLOY_PASSWORD: "open sesame" };
    const failed = await build({ env, command: ["sh", "-c", "echo $DEPLOY_PASSWORD >&2; exit 3"] }).catch(
      String,
    );
    expect(failed).not.toContain("sesame");
  });

  it("has no network when it is told so", async () => {
    const { stdout } = await build({ command: ["cat", "/proc/net/route"] });
    expect(stdout.trim().split("\n")).toHaveLength(1);
  });

  it("keeps to its memory, and says when it ran out", async () => {
    const hungry =
      "int main(void){char*p=malloc(1u<<30);for(unsigned i=0;i<1u<<30;i+=4096)p[i]=1;return p[5];}";
    await writeFile(join(workspace, "hungry.c"), `#include <stdlib.h>\n${hungry}\n`);
    // A parent that outlives its child hides how the child ended.
    const command = ["sh", "-c", "gcc -o hungry hungry.c && (./hungry; exit 7)"] as const;
    await expect(build({ command, memoryBytes: 96 << 20 })).rejects.toMatchObject({
      code: "LAC5017",
      hint: expect.stringContaining("memoryBytes"),
    });
  });

  it("keeps to its cores", async () => {
    const quota = "cat /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us";
    const { stdout } = await build({ command: ["sh", "-c", quota], cpus: 0.5 });
    expect(stdout).toMatch(/^50000\b/);
  });

  it("ends a build that takes longer than it may", async () => {
    await expect(build({ command: ["sleep", "60"], timeoutMs: 1500 })).rejects.toMatchObject({
      code: "LAC5015",
    });
  });

  it("ends when it is told to, at once", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const building = build({ command: ["sh", "-c", "echo up; sleep 60"], signal: controller.signal });
    await expect.poll(() => lines, { timeout: 20_000 }).toContain("up");
    controller.abort(reason);
    await expect(building).rejects.toBe(reason);
  });

  it("says that the disk is full", async () => {
    const disk = await mkdtemp(join(tmpdir(), "laconic-full-"));
    await run("mount", ["-t", "tmpfs", "-o", "size=64k", "none", disk]);
    try {
      await writeFile(join(disk, "answer.c"), `${SOURCE}char ballast[1 << 20] = { 1 };\n`);
      await expect(build({ workspace: disk })).rejects.toMatchObject({ code: "LAC5018" });
    } finally {
      await run("umount", [disk]);
      await rm(disk, { recursive: true });
    }
  });

  it("says what a read-only workspace lacks", async () => {
    await writeFile(join(workspace, "answer.c"), SOURCE);
    await run("mount", ["--bind", workspace, workspace]);
    await run("mount", ["-o", "remount,ro,bind", workspace]);
    try {
      await expect(build({})).rejects.toMatchObject({
        code: "LAC5019",
        frame: expect.stringMatching(/read-only/i),
      });
    } finally {
      await run("umount", [workspace]);
    }
  });

  it("builds what Rust's own toolchain, brought along, compiles", async () => {
    const { stdout: sysroot } = await run("rustc", ["--print", "sysroot"]);
    await writeFile(
      join(workspace, "lib.rs"),
      '#[unsafe(no_mangle)]\npub extern "C" fn answer() -> i32 { 42 }\n',
    );
    await build({
      command: [
        "/rust/bin/rustc",
        "--edition",
        "2024",
        "--crate-type",
        "cdylib",
        "-o",
        "libanswer.so",
        "lib.rs",
      ],
      mounts: [{ host: sysroot.trim(), container: "/rust", readOnly: true }],
      outputs: ["libanswer.so"],
    });
    expect((await readFile(join(workspace, "libanswer.so"))).subarray(0, 4).toString("latin1")).toBe(
      "\x7fELF",
    );
  });
});
