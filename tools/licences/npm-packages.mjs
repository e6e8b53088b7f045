// The npm packages that are bundled into a package's own files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../workspace.mjs";
import { allowedLicense } from "./policy.mjs";
import { purl } from "./sbom.mjs";
import { licenceFiles, standardText } from "./texts.mjs";

/** Packages whose files hold another one's code, which their own licence does not name. */
const HOLDS = { "@ts-morph/common": ["typescript"] };

/**
 * What esbuild's metafiles in dist/bundled/ name: a build that bundles leaves one for each of its files there.
 *
 * @param {string} folder of a package
 * @returns {import("./notices.mjs").Component[]}
 */
export function bundledComponents(folder) {
  const records = join(folder, "dist/bundled");
  if (!existsSync(records)) return [];
  const inputs = readdirSync(records).flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(records, file), "utf8")).inputs),
  );
  const folders = new Set(inputs.map((input) => packageOf(resolve(folder, input))).filter(Boolean));
  for (const each of [...folders]) {
    for (const name of HOLDS[manifestOf(each).name] ?? []) folders.add(join(root, "node_modules", name));
  }
  return [...folders].map(component);
}

/** Folder of the installed package that has a file; undefined for a file of this repository. */
function packageOf(file) {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function component(folder) {
  const { name, version, license, author, repository } = manifestOf(folder);
  const allowed = allowedLicense(`The package ${name} ${version}`, license);
  const files = licenceFiles(folder).map(({ text }) => text);
  const holder = (typeof author === "string" ? author : author?.name) ?? `the authors of ${name}`;
  const texts = files.length > 0 ? files : [standardText(allowed, [`Copyright (c) ${holder}`])];
  const source = addressOf(repository) ?? `https://www.npmjs.com/package/${name}`;
  return { name, version, license: allowed, source, texts, purl: purl("npm", name, version) };
}

/** package.json may name a repository by its address, or of GitHub by owner and name alone. */
function addressOf(repository) {
  const address = typeof repository === "string" ? repository : repository?.url;
  if (address && /^(github:)?[\w.-]+\/[\w.-]+$/.test(address)) {
    return `https://github.com/${address.replace("github:", "")}`;
  }
  return address?.replace(/^git\+|\.git$/g, "");
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
