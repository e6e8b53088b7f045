// Packs every package that is published, except the engine's, which packages/engine/pack.mjs makes: prints their files.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeNotices } from "./notices.mjs";
import { root } from "./workspace.mjs";

const { out } = parseArgs({ options: { out: { type: "string", default: "packed" } } }).values;
mkdirSync(out, { recursive: true });
for (const name of readdirSync(join(root, "packages"))) {
  const folder = join(root, "packages", name);
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).private) continue;
  writeNotices(folder);
  const args = ["pack", "--silent", "--pack-destination", resolve(out)];
  console.log(join(resolve(out), execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).trim()));
}
