import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { cachedFolder, tripleOf } from "@laconic/docker-builder";
import { LaconicError } from "./errors.js";

const require = createRequire(import.meta.url);
const run = promisify(execFile);

export interface EngineSearch {
  /** As container engines call it, for example `linux/arm64`. */
  readonly platform: string;
  /** The project, whose npm settings hold. */
  readonly workspace: string;
  /** Folder that outlives builds. */
  readonly cache: string;
  /** Told in one line when something slow begins. */
  readonly onProgress: (line: string) => void;
}

/**
 * The folder of the engine's files for a platform: what the engine's own build made, the package that npm installed
 * because the platform is this machine's, or another one's package, fetched once when a build asks for it.
 *
 * @throws {LaconicError} LAC8007 when it is neither there nor can be fetched
 */
export async function provideEngine(search: EngineSearch): Promise<string> {
  const engine = packageFolder("@laconic/engine", require);
  const name = packageOf(search.platform);
  const found = (engine ? placesIn(engine, search.platform) : [packageFolder(name, require)]).find(isEngine);
  if (found !== undefined) return found;
  const version = engine && publishedVersion(engine, name);
  if (version) return fetchEngine(name, version, search);
  throw new LaconicError("LAC8007", `The engine for ${search.platform} is not there.`, {
    hint: engine
      ? `Build it: npx nx build-arm64 @laconic/engine, or node build.mjs --platform ${search.platform} in packages/engine.`
      : "Install it: npm install -D @laconic/engine",
  });
}

function placesIn(engine: string, platform: string): (string | undefined)[] {
  const triple = tripleOf(platform) ?? "";
  return [
    ...["dist", "cross"].map((made) => join(engine, made, triple)),
    // The platforms' packages are the engine's dependencies, so they may lie where only it finds them.
    packageFolder(packageOf(platform), createRequire(join(engine, "package.json"))),
  ];
}

function isEngine(folder: string | undefined): boolean {
  return folder !== undefined && existsSync(join(folder, "engine.json"));
}

/** The npm package of a platform, for example `@laconic/engine-linux-x64`. */
function packageOf(platform: string): string {
  return `@laconic/engine-${platform.replace("/", "-").replace("amd64", "x64")}`;
}

/** A clone's engine names no packages: they are made from it. */
function publishedVersion(engine: string, name: string): string | undefined {
  const { optionalDependencies } = JSON.parse(readFileSync(join(engine, "package.json"), "utf8")) as {
    optionalDependencies?: Record<string, string>;
  };
  return optionalDependencies?.[name];
}

/** Npm leaves a package out that is for another machine; a library is linked for it all the same. */
async function fetchEngine(
  name: string,
  version: string,
  { platform, workspace, cache, onProgress }: EngineSearch,
): Promise<string> {
  const folder = join(cache, `${name.replace("@laconic/", "")}-${version}`);
  if (isEngine(folder)) return folder;
  onProgress(`Fetching the engine for ${platform} (once)`);
  try {
    return await cachedFolder(folder, async (draft) => {
      // In the project, whose settings may name a registry; packing asks for no platform.
      const args = ["pack", "--silent", "--pack-destination", draft, `${name}@${version}`];
      const { stdout } = await run("npm", args, { cwd: workspace });
      await run("tar", ["-xzf", join(draft, stdout.trim()), "-C", draft]);
      return join(draft, "package");
    });
  } catch (cause) {
    const { stderr } = cause as { stderr?: string };
    throw new LaconicError("LAC8007", `The engine for ${platform} cannot be fetched.`, {
      ...(stderr && { frame: stderr.trim() }),
      hint: `Check the network and npm's settings: npm pack ${name}@${version}`,
      cause,
    });
  }
}

function packageFolder(name: string, from: NodeJS.Require): string | undefined {
  try {
    return dirname(from.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
