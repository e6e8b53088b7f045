import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PLATFORMS, TARGETS } from "../../packages/engine/build/targets.mjs";
import { root } from "../workspace.mjs";

const engineRoot = join(root, "packages/engine");
const architectures = Object.keys(TARGETS);

/** This machine's platform, as container engines call it. */
export const HOST = Object.keys(PLATFORMS).find((name) => PLATFORMS[name] === TARGETS[process.arch]);

/**
 * The engine's packages: one for each platform that is asked for, and one that names them all.
 *
 * @param {string} platform `linux/amd64`, `linux/arm64`, `all` or `none`
 */
export function enginePackages(platform) {
  const known = [...Object.keys(PLATFORMS), "all", "none"];
  if (!known.includes(platform)) fail(`--platform is one of ${known.join(", ")}, not ${platform}.`);
  const asked = architectures.filter((arch) => platform === "all" || PLATFORMS[platform] === TARGETS[arch]);
  return [...asked.map(platformPackage), mainPackage()];
}

/** Installed of itself only where its tool runs; another platform's is fetched when a build asks for it. */
function platformPackage(arch) {
  const { name, description, ...shared } = sharedManifest();
  const folder = builtFor(TARGETS[arch]);
  const where = `Linux on ${arch}`;
  const manifest = {
    ...{ name: nameFor(arch), description: `${description}, for ${where}` },
    ...{ ...shared, os: ["linux"], cpu: [arch], libc: ["glibc"] },
  };
  const readme = `# ${manifest.name}\n\nThe engine of Laconic for ${where}: a static archive that apps are linked with, and the tool that compiles them. It is\ninstalled by \`${name}\`.\n`;
  return { manifest, folder, sources: engineRoot, engine: TARGETS[arch], files: readdirSync(folder), readme };
}

function mainPackage() {
  const { version, ...shared } = sharedManifest();
  const optionalDependencies = Object.fromEntries(architectures.map((arch) => [nameFor(arch), version]));
  return { manifest: { version, ...shared, optionalDependencies }, folder: engineRoot, files: ["README.md"] };
}

function sharedManifest() {
  const { name, version, description, license, type, engines } = JSON.parse(
    readFileSync(join(engineRoot, "package.json"), "utf8"),
  );
  return { name, version, description, license, type, engines };
}

function nameFor(arch) {
  return `@laconic/engine-linux-${arch}`;
}

/** The folder that the engine's build filled, on a machine of the platform or across. */
function builtFor(target) {
  const folder = ["dist", "cross"]
    .map((made) => join(engineRoot, made, target))
    .find((made) => existsSync(join(made, "engine.json")));
  return (
    folder ?? fail(`There is no engine for ${target}: run node build.mjs --platform in packages/engine.`)
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
