import { access, constants, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa, type ExecaError } from "execa";
import { BuilderError } from "./errors.js";

/** The version that this package is tested with. */
const ZIG = "0.17.1";

/**
 * Zig, which links for an old glibc on any host: the one LACONIC_ZIG names, one that the cache has, or PyPI's, installed once.
 *
 * @param cache absolute path of a folder that outlives builds
 * @param onProgress told in one line when something slow begins
 * @returns absolute path of the program
 * @throws {BuilderError} LAC5008 when it is neither there nor can be installed
 */
export async function provideZig(cache: string, onProgress: (line: string) => void): Promise<string> {
  const named = process.env["LACONIC_ZIG"];
  if (named) return named;
  const cached = await findCached(cache);
  if (cached) return cached;
  onProgress(`Installing the linker, zig ${ZIG} (once)`);
  await install(cache);
  const installed = await findCached(cache);
  if (installed) return installed;
  throw new BuilderError("LAC5008", `The package ziglang ${ZIG} holds no zig for this machine.`, {
    hint: "Install zig from https://ziglang.org and name it in LACONIC_ZIG.",
  });
}

/** Any Python environment in the cache that has ziglang: the engine's own build makes one too. */
async function findCached(cache: string): Promise<string | undefined> {
  const environments = (await list(cache)).filter((name) => /^(zig|toolchain)-[\w.]+$/.test(name));
  for (const environment of environments) {
    const lib = join(cache, environment, "lib");
    for (const python of await list(lib)) {
      const zig = join(lib, python, "site-packages", "ziglang", "zig");
      if (await isExecutable(zig)) return zig;
    }
  }
  return undefined;
}

/** Built beside its place and renamed, so that a half-made environment is never found. */
async function install(cache: string): Promise<void> {
  const folder = join(cache, `zig-${ZIG}`);
  const draft = `${folder}.draft-${process.pid}`;
  try {
    await execa("python3", ["-m", "venv", draft]);
    await execa(join(draft, "bin", "python"), [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-input",
      `ziglang==${ZIG}`,
    ]);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (cause) {
    throw new BuilderError("LAC5008", `Zig could not be installed: ${(cause as ExecaError).shortMessage}`, {
      ...((cause as ExecaError).stderr && { frame: String((cause as ExecaError).stderr) }),
      hint: "Check Python 3 with venv and the network, or name a zig in LACONIC_ZIG.",
      cause,
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
