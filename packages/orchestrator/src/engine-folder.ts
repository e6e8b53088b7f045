import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { tripleOf } from "@laconic/docker-builder";
import { LaconicError } from "./errors.js";

const require = createRequire(import.meta.url);

/**
 * The folder of the engine's files for a platform: the package of that platform, or what the engine's own build made.
 *
 * @param platform as container engines call it, for example `linux/arm64`
 * @throws {LaconicError} LAC8007 when there is none
 */
export function engineFolder(platform: string): string {
  const triple = tripleOf(platform);
  const name = packageOf(platform);
  const engine = packageFolder("@laconic/engine", require);
  const folders = engine
    ? [
        ...["dist", "cross"].map((made) => join(engine, made, triple ?? "")),
        // The platforms' packages are the engine's dependencies, so they may lie where only it finds them.
        packageFolder(name, createRequire(join(engine, "package.json"))),
      ]
    : [];
  const found = [...folders, packageFolder(name, require)].find(
    (folder) => folder !== undefined && existsSync(join(folder, "engine.json")),
  );
  if (found !== undefined) return found;
  throw new LaconicError("LAC8007", `The engine for ${platform} is not installed.`, {
    hint: `Install it: npm install --no-save --force ${name} (in a clone: npx nx build-arm64 @laconic/engine).`,
  });
}

/** The npm package of a platform, for example `@laconic/engine-linux-x64`. */
function packageOf(platform: string): string {
  return `@laconic/engine-${platform.replace("/", "-").replace("amd64", "x64")}`;
}

function packageFolder(name: string, from: NodeJS.Require): string | undefined {
  try {
    return dirname(from.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
