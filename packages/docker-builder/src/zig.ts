import { access, constants, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { execa, type ExecaError } from "execa";
import { cachedFolder } from "./cached-folder.js";
import { BuilderError } from "./errors.js";

/** The version that this package is tested with. */
const ZIG = "0.17.1";

/**
 * Zig, which links for an old glibc on any host: the one LACONIC_ZIG names, this version in the
 * cache, or PyPI's, installed once.
 *
 * @param cache absolute path of a folder that outlives builds
 * @param onProgress told in one line when something slow begins
 * @param platform where it is to run, as container engines call it; default this machine
 * @returns absolute path of the program, which has its libraries beside it
 * @throws {BuilderError} LAC5008 when it is neither there nor can be installed
 */
export async function provideZig(
  cache: string,
  onProgress: (line: string) => void,
  platform = HOST,
): Promise<string> {
  if (platform !== HOST) return provideForeignZig(cache, onProgress, platform);
  const named = process.env["LACONIC_ZIG"];
  if (named) return realpath(named).catch(() => named);
  const cached = await findCached(cache);
  if (cached) return cached;
  onProgress(`Installing the linker, zig ${ZIG} (once)`);
  await install(join(cache, `zig-${ZIG}`), async (draft) => {
    await execa("python3", ["-m", "venv", draft]);
    await pipInstall(join(draft, "bin", "python"), []);
  });
  return (await findCached(cache)) ?? missing("this machine");
}

/** This machine's platform, as container engines would call it. */
const HOST = `${process.platform}/${process.arch === "x64" ? "amd64" : process.arch}`;

/** Zig for a container of another platform than this machine's: the package's files, which nothing here runs. */
async function provideForeignZig(
  cache: string,
  onProgress: (line: string) => void,
  platform: string,
): Promise<string> {
  const folder = join(cache, `zig-${ZIG}-${platform.replace("/", "-")}`);
  const zig = join(folder, "ziglang", "zig");
  if (await isExecutable(zig)) return zig;
  onProgress(`Installing the linker, zig ${ZIG} for ${platform} (once)`);
  const machine = platform === "linux/arm64" ? "aarch64" : "x86_64";
  const tags = ["manylinux_2_12", "manylinux2010", "manylinux_2_17", "manylinux2014"];
  await install(folder, (draft) =>
    pipInstall("python3", [
      ...["--target", draft, "--no-deps", "--only-binary", ":all:"],
      ...tags.flatMap((tag) => ["--platform", `${tag}_${machine}`]),
    ]),
  );
  return (await isExecutable(zig)) ? zig : missing(platform);
}

async function pipInstall(python: string, options: readonly string[]): Promise<void> {
  await execa(python, ["-m", "pip", "install", "--quiet", "--no-input", ...options, `ziglang==${ZIG}`]);
}

function missing(machine: string): never {
  throw new BuilderError("LAC5008", `The package ziglang ${ZIG} holds no zig for ${machine}.`, {
    hint: "Install zig from https://ziglang.org and name it in LACONIC_ZIG.",
  });
}

/**
 * Any Python environment in the cache with this version of ziglang: the engine's own build makes one too. The name of a
 * draft has a second hyphen.
 */
async function findCached(cache: string): Promise<string | undefined> {
  const environments = (await list(cache)).filter((name) => /^(zig|toolchain)-[\w.]+$/.test(name));
  for (const environment of environments) {
    const lib = join(cache, environment, "lib");
    for (const python of await list(lib)) {
      const packages = join(lib, python, "site-packages");
      const zig = join(packages, "ziglang", "zig");
      if ((await exists(join(packages, `ziglang-${ZIG}.dist-info`))) && (await isExecutable(zig))) return zig;
    }
  }
  return undefined;
}

async function install(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  try {
    await cachedFolder(folder, async (draft) => {
      await make(draft);
      return draft;
    });
  } catch (cause) {
    throw new BuilderError("LAC5008", `Zig could not be installed: ${(cause as ExecaError).shortMessage}`, {
      ...((cause as ExecaError).stderr && { frame: String((cause as ExecaError).stderr) }),
      hint: "Check Python 3 with venv and the network, or name a zig in LACONIC_ZIG.",
      cause,
    });
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function isExecutable(file: string): Promise<boolean> {
  return exists(file, constants.X_OK);
}

async function exists(file: string, mode = constants.F_OK): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
