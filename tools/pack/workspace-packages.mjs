import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.mjs";

/** What of a package.json is about the work on the package, not about its use. */
const OURS = ["scripts", "devDependencies", "nx"];

/** Every package in packages/ that is published, except the engine's, which are made of what its build leaves. */
export function workspacePackages() {
  const folders = readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((folder) => existsSync(join(folder, "package.json")) && !manifestOf(folder).private);
  const listed = filesOf(folders);
  return folders.map((folder) => {
    const manifest = manifestOf(folder);
    const files = listed.get(manifest.name).filter((file) => file !== "package.json");
    return { manifest: without(manifest, OURS), folder, files };
  });
}

/** The files that npm itself would pack, by the package's name. */
function filesOf(folders) {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", ...folders];
  const answer = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }));
  return new Map(Object.values(answer).map(({ name, files }) => [name, files.map(({ path }) => path)]));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function without(object, names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
