// The apps of this suite, found by where they are.
import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the suite. */
export const suiteFolder = fileURLToPath(new URL("..", import.meta.url));

/** @typedef {"app" | "handler" | "cases"} Kind what a module exports: an HTTP app, a Lambda handler, a package's cases */

/**
 * @typedef {object} App
 * @property {string} name
 * @property {Kind} kind
 * @property {string} module absolute path
 * @property {string[]} files absolute paths of its source files
 * @property {string[]} packages with their versions, such as `express 5.3.0`
 * @property {string[]} services that are started for it
 * @property {readonly any[]} [corpus] requests of an HTTP app, `{ name, event }` of a handler; cases list themselves
 */

const SOURCE = /\.[cm]?[jt]s$/;
const apps = join(suiteFolder, "apps");

/** @returns {Promise<App[]>} */
export async function loadApps() {
  const found = await Promise.all([
    ...(await folders("http")),
    ...(await folders("services")),
    ...(await files("packages")),
  ]);
  const names = found.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two apps are called ${twice}`);
  return found;
}

/** One app a file: a package's cases. */
async function files(group) {
  const names = (await readdir(join(apps, group))).filter((file) => SOURCE.test(file)).sort();
  return names.map((file) => appOf(stem(file), [join(apps, group, file)], { kind: "cases", services: [] }));
}

/** One app a folder: its main module is called by what it exports, and `corpus.mjs` holds what it is sent. */
async function folders(group) {
  const names = (await readdir(join(apps, group))).sort();
  return names.map(async (name) => {
    const folder = join(apps, group, name);
    const corpusFile = join(folder, "corpus.mjs");
    const sources = (await readdir(folder, { recursive: true }))
      .filter((file) => SOURCE.test(file))
      .map((file) => join(folder, file))
      .filter((file) => file !== corpusFile)
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    const { services = [], requests, events } = await import(pathToFileURL(corpusFile).href);
    return appOf(name, sources, { kind: stem(sources[0]), services, corpus: requests ?? events });
  });
}

/** The main module comes first. */
function rank(file) {
  return ["app", "handler", "cases"].includes(stem(file)) ? 0 : 1;
}

function stem(file) {
  return basename(file, extname(file));
}

async function appOf(name, sources, more) {
  return { name, module: sources[0], files: sources, packages: await packagesOf(sources), ...more };
}

const IMPORT = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^."'][^"']*)["']/g;
let pinned;

/** The packages of an app are those that it imports: none is counted without being used. */
async function packagesOf(sources) {
  pinned ??= readFile(join(suiteFolder, "package.json"), "utf8").then(
    (text) => JSON.parse(text).devDependencies,
  );
  const versions = await pinned;
  const texts = await Promise.all(sources.map((file) => readFile(file, "utf8")));
  const names = [...texts.join("\n").matchAll(IMPORT)].map(([, specifier]) =>
    specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"),
  );
  return [...new Set(names)]
    .filter((name) => name in versions)
    .map((name) => titleOf(name, versions[name]))
    .sort();
}

/** `express4: "npm:express@4.22.3"` -> `express 4.22.3` */
function titleOf(name, version) {
  const alias = /^npm:(.+)@(.+)$/.exec(version);
  return alias ? `${alias[1]} ${alias[2]}` : `${name} ${version}`;
}
