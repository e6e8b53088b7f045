import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { bundle, bundleForNode } from "../../src/index.js";

const scratch = mkdtempSync(join(tmpdir(), "laconic-evaluation-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** What an app of these files exports as `seen`: in Node as it is, and bundled both ways. */
async function evaluated(files: Readonly<Record<string, string>>): Promise<unknown[]> {
  const root = mkdtempSync(join(scratch, "app-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const entry = join(root, "app.mjs");
  const options = { entry, root, outfile: join(root, "out.mjs") };
  const bundles = [await bundle(options), await bundleForNode(options)];
  const places = bundles.map(({ code }, index) => {
    const place = join(root, `out-${index}.mjs`);
    writeFileSync(place, code);
    return place;
  });
  return [entry, ...places].map(exportedBy);
}

const PRINT = "const { seen } = await import(process.argv[1]); console.log(JSON.stringify(await seen));";

/** In a process of its own: what imports for the tests is not Node. */
function exportedBy(file: string): unknown {
  const flags = ["--no-warnings", "--input-type=module", "-e", PRINT, pathToFileURL(file).href];
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("a bundled module is what it is in Node", () => {
  it.each<[string, Record<string, string>, unknown]>([
    [
      "a function that a package of ES modules for bundlers does not export as such",
      {
        "app.mjs": 'import old from "./old.cjs"; export const seen = old;',
        "old.cjs": 'const merge = require("merge"); module.exports = [typeof merge, merge(1)];',
        "node_modules/merge/package.json": '{ "main": "main.js", "module": "module.js" }',
        "node_modules/merge/main.js": "module.exports = (x) => x + 1;",
        "node_modules/merge/module.js": "export default (x) => x + 1;",
      },
      ["function", 2],
    ],
    [
      "one instance, whoever asks for it",
      {
        "app.mjs":
          'import { Schema } from "lib"; import old from "./old.cjs"; export const seen = [Schema === old.Schema, new Schema() instanceof old.Schema];',
        "old.cjs": 'module.exports = require("lib");',
        "node_modules/lib/package.json": '{ "main": "index", "module": "index.mjs" }',
        "node_modules/lib/index.js": "exports.Schema = class Schema {};",
        "node_modules/lib/index.mjs": "export class Schema {}",
      },
      [true, true],
    ],
    [
      "two instances of a package that gives import and require a file each",
      {
        "app.mjs": 'import { x } from "lib"; import old from "./old.cjs"; export const seen = [x, old.x];',
        "old.cjs": 'module.exports = require("lib");',
        "node_modules/lib/package.json": '{ "exports": { "import": "./a.mjs", "require": "./a.cjs" } }',
        "node_modules/lib/a.cjs": 'exports.x = "require";',
        "node_modules/lib/a.mjs": 'export const x = "import";',
      },
      ["import", "require"],
    ],
    [
      "an ES module that is required",
      {
        "app.mjs": 'import old from "./old.cjs"; export const seen = old;',
        "old.cjs": `
const all = [require("./named.mjs"), require("./default.mjs"), require("./whole.mjs"), require("./marked.mjs")];
const same = require("./named.mjs") === require("./named.mjs");
module.exports = [...all.map((x) => [typeof x, x.x, x.__esModule, x.default]), same];`,
        "named.mjs": "export const x = 1;",
        "default.mjs": "export const x = 1; export default 5;",
        "whole.mjs": 'const f = () => {}; f.x = 4; export default 3; export { f as "module.exports" };',
        "marked.mjs": "export const x = 1, __esModule = false; export default 5;",
      },
      [
        ["object", 1, null, null],
        ["object", 1, true, 5],
        ["function", 4, null, null],
        ["object", 1, false, 5],
        true,
      ],
    ],
    [
      "CommonJS that a compiler wrote, imported",
      {
        "app.mjs": 'import whole, { x } from "./compiled.cjs"; export const seen = [whole.default, x];',
        "compiled.cjs":
          'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = 1; exports.x = 2;',
      },
      [1, 2],
    ],
  ])("%s", async (_name, files, expected) => {
    expect(await evaluated(files)).toEqual([expected, expected, expected]);
  });
});
