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
async function evaluated(
  files: Readonly<Record<string, string>>,
  requires: readonly string[] = [],
): Promise<unknown[]> {
  const root = mkdtempSync(join(scratch, "app-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const entry = join(root, "app.mjs");
  const options = { entry, root, requires, outfile: join(root, "out.mjs") };
  // Where none of the app's files are.
  const elsewhere = mkdtempSync(join(scratch, "out-"));
  const bundles = [await bundle(options), await bundleForNode(options)];
  const places = bundles.map(({ code }, index) => {
    const place = join(elsewhere, `out-${index}.mjs`);
    writeFileSync(place, code);
    return place;
  });
  return [entry, ...places].map(exportedBy);
}

const PRINT = "const { seen } = await import(process.argv[1]); console.log(JSON.stringify(await seen));";

/** In a process of its own: what imports for the tests is not Node. */
function exportedBy(file: string): unknown {
  const flags = ["--no-warnings", "--input-type=module", "-e", PRINT, pathToFileURL(file).href];
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, {
    encoding: "utf8",
    cwd: dirname(file),
  });
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

describe("a require that is made at run time", () => {
  it.each<[string, Record<string, string>, unknown]>([
    [
      "by createRequire, however it is called, finds files, packages and built-ins",
      {
        "app.mjs": `
import { createRequire } from "node:module";
import * as all from "module";
import module from "module";
const require = createRequire(import.meta.url);
const inner = all.createRequire(import.meta.dirname + "/lib/");
let later;
later = module.createRequire(import.meta.filename);
export const seen = [require("./data.json").x, createRequire(import.meta.url)("./lib/data").x, inner("./data.json").x,
  inner("../data").x, later("./lib").name, require("pkg"), typeof require("node:path/posix").join, typeof later("path").join,
  require("pkg/package.json").name, require("./lib") === later("./lib/index.cjs"), later("#own")];`,
        "package.json": '{ "imports": { "#own": "./own.cjs" } }',
        "own.cjs": "module.exports = 'own';",
        "data.json": '{ "x": 1 }',
        "lib/data.json": '{ "x": 2 }',
        "lib/package.json": '{ "main": "index.cjs" }',
        "lib/index.cjs": "exports.name = 'lib';",
        "node_modules/pkg/package.json":
          '{ "name": "pkg", "exports": { ".": { "import": "./i.mjs", "require": "./r.cjs" }, "./package.json": "./package.json" } }',
        "node_modules/pkg/i.mjs": "export default 'imported';",
        "node_modules/pkg/r.cjs": "module.exports = 'required';",
      },
      [1, 2, 2, 1, "lib", "required", "function", "function", "pkg", true, "own"],
    ],
    [
      "in a package, finds the package's own dependency",
      {
        "app.mjs": `
import { createRequire } from "node:module";
import { version } from "lib";
export const seen = [createRequire(import.meta.url)("dep"), version];`,
        "node_modules/dep/index.js": "module.exports = 1;",
        "node_modules/lib/package.json":
          '{ "type": "module", "exports": "./index.js", "dependencies": { "dep": "2" } }',
        "node_modules/lib/index.js":
          'import { createRequire } from "module"; const place = typeof __filename === "string" ? __filename : import.meta.url; const r = createRequire(place); export const version = [r("dep"), r("./old.cjs")];',
        "node_modules/lib/old.cjs":
          'const { join } = require("path"); const name = "dep"; module.exports = [require(name), require(join(__dirname, "data.json")).x];',
        "node_modules/lib/data.json": '{ "x": 3 }',
        "node_modules/lib/node_modules/dep/package.json": "{}",
        "node_modules/lib/node_modules/dep/index.js": "module.exports = 2;",
      },
      [1, [2, [2, 3]]],
    ],
    [
      "evaluates a module when it is required, once, and lets it require others so",
      {
        "app.mjs": `
import { createRequire } from "node:module";
globalThis.order = [];
const require = createRequire(import.meta.url);
order.push("before");
const same = require("./a.cjs") === require("./a.cjs");
export const seen = [same, order];`,
        "a.cjs":
          'order.push("a"); const { createRequire } = require("node:module"); const load = createRequire(__filename); load("./b.cjs"); module.exports = {};',
        "b.cjs": 'order.push("b");',
      },
      [true, ["before", "a", "b"]],
    ],
    [
      "fails for what is not there, as Node does",
      {
        "app.mjs": `
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const failed = (name) => { try { require(name); } catch ({ code }) { return code; } };
const resolved = (name) => { try { return require.resolve(name); } catch ({ code }) { return code; } };
export const seen = [failed("./gone.json"), failed("gone"), failed(5), resolved("gone"), resolved("fs")];`,
      },
      ["MODULE_NOT_FOUND", "MODULE_NOT_FOUND", "ERR_INVALID_ARG_TYPE", "MODULE_NOT_FOUND", "fs"],
    ],
  ])("%s", async (_name, files, expected) => {
    expect(await evaluated(files)).toEqual([expected, expected, expected]);
  });
});

describe("a require of a computed name", () => {
  const names =
    "const all = (names, load) => names.map((name) => { try { return load(name); } catch ({ code }) { return code; } });";

  it.each<[string, Record<string, string>, unknown]>([
    [
      "finds what the path may mean: a file without its extension, a folder's index",
      {
        "app.mjs": 'import lib from "./lib.cjs"; export const seen = lib;',
        "lib.cjs": `${names}
exports.plugins = all(["a", "a.js", "data", "sub", "sub/", "sub/b", "../plugins/./a", "gone"], (name) => require("./plugins/" + name));
exports.handlers = all(["one", "two"], (name) => require(\`./handlers/\${name}/handler\`));`,
        "plugins/a.js": "module.exports = 'a';",
        "plugins/data.json": "5",
        "plugins/README.md": "# No module",
        "plugins/sub/index.js": "module.exports = 'sub';",
        "plugins/sub/b.js": "module.exports = 'b';",
        "handlers/one/handler.js": "module.exports = 1;",
        "handlers/two/handler.js": "module.exports = 2;",
      },
      {
        plugins: ["a", "a", 5, "sub", "sub", "b", "a", "MODULE_NOT_FOUND"],
        handlers: [1, 2],
      },
    ],
    [
      "finds the files of a folder that is named by the module's own place, or by a variable",
      {
        "app.mjs": 'import models from "./models/all.cjs"; export const seen = models;',
        "models/all.cjs": `const path = require("path");\n${names}
exports.own = all(["user.js", "user", "order"], (name) => require(path.join(__dirname, name)));
exports.other = all(["x", "y"], (name) => require(path.resolve(__dirname, "..", "other", name)));
exports.concatenated = all(["x"], (name) => require(__dirname + "/../other/" + name));
exports.relative = all(["x"], (name) => { const place = "../other/" + name; return require(place); });`,
        "models/user.js": "module.exports = 'user';",
        "models/order.js": "module.exports = 'order';",
        "other/x.js": "module.exports = 'x';",
      },
      {
        own: ["user", "user", "order"],
        other: ["x", "MODULE_NOT_FOUND"],
        concatenated: ["x"],
        relative: ["x"],
      },
    ],
    [
      "finds what a known package lets its user choose, of what the project depends on",
      {
        "app.mjs": 'import view from "express/lib/view.js"; export const seen = ["ejs", "pug"].map(view);',
        "package.json": '{ "dependencies": { "ejs": "1" } }',
        "node_modules/express/lib/view.js":
          "module.exports = (mod) => { try { return require(mod).name; } catch ({ code }) { return code; } };",
        "node_modules/ejs/index.js": "exports.name = 'ejs';",
      },
      ["ejs", "MODULE_NOT_FOUND"],
    ],
    [
      "leaves out tools that a package looks for, and the project does not depend on",
      {
        "app.mjs": 'import lib from "lib"; export const seen = lib;',
        "package.json": '{ "devDependencies": { "tool": "1" } }',
        "node_modules/lib/index.js":
          "var TOOL = 'gone-tool'; try { require(TOOL); } catch ({ code }) { module.exports = code; }",
      },
      "MODULE_NOT_FOUND",
    ],
  ])("%s", async (_name, files, expected) => {
    expect(await evaluated(files)).toEqual([expected, expected, expected]);
  });

  it("finds what the project lists", async () => {
    const files = {
      "app.mjs": `import { createRequire } from "module"; import { load } from "./lib.cjs"; ${names}
const require = createRequire(import.meta.url);
export const seen = [all(["driver", "./local/x", "./one.cjs", "other"], load), all(["driver"], (name) => require(name))];`,
      "lib.cjs": "exports.load = (name) => require(name);",
      "one.cjs": "module.exports = 1;",
      "local/x.js": "module.exports = 'x';",
      "node_modules/driver/index.js": "module.exports = 'driver';",
    };
    const expected = [["driver", "x", 1, "MODULE_NOT_FOUND"], ["driver"]];
    expect(await evaluated(files, ["driver", "./local", "./one.cjs"])).toEqual([
      expected,
      expected,
      expected,
    ]);
  });
});

describe("import.meta", () => {
  it("is an object of the module's own, whatever is asked of it", async () => {
    const files = {
      "app.mjs": `import { inner } from "./lib/inner.mjs";
const { url, dirname: folder, ...rest } = import.meta;
const meta = import.meta;
const beside = (path) => url.replace(/[^\\/]*$/, path);
const failed = () => { try { return import.meta.resolve("gone"); } catch ({ code }) { return code; } };
export const seen = [
  typeof import.meta.env?.MODE, import.meta.env === undefined, typeof import.meta.resolve, meta === import.meta,
  Object.getPrototypeOf(meta), url === meta.url, folder === import.meta.dirname, rest.filename === import.meta.filename,
  Object.keys(meta).filter((key) => key !== "main").sort(),
  import.meta.resolve("./data.json") === beside("data.json"),
  meta.resolve("../up") === beside("").replace(/[^\\/]*\\/$/, "up"), meta.resolve("./") === beside(""),
  meta.resolve("node:fs"), meta.resolve("path"), meta.resolve("https://example.com/a"), failed(), inner === meta,
  typeof inner.url, inner.url === beside("lib/inner.mjs"),
];`,
      "lib/inner.mjs": "export const inner = import.meta;",
    };
    const [inNode, ...bundled] = await evaluated(files);
    expect(inNode).toHaveLength(19);
    expect(bundled).toEqual([inNode, inNode]);
  });

  it("is of a module that is imported, not run", async () => {
    const [, ...bundled] = await evaluated({ "app.mjs": "export const seen = [import.meta.main];" });
    expect(bundled).toEqual([[false], [false]]);
  });
});

describe("import beside module.exports", () => {
  const lib = `import { join } from "node:path";
class Lib { place: string = join("a", "b"); }
module.exports = Lib;`;
  const mixed = `import { join } from "node:path"; import Lib = require("./lib");
module.exports.handler = async (): Promise<string> => join("c", new (Lib as any)().place);
exports.other = 1;
const { handler, other } = module.exports;
export const seen = Promise.all([handler(), other]);`;

  /** What the entry, whose text a rewriter has made, exports as `seen` in a project of this package.json. */
  async function seenBy(manifest: string, source: string): Promise<unknown> {
    const root = mkdtempSync(join(scratch, "mixed-"));
    for (const [name, text] of Object.entries({ "package.json": manifest, "lib.ts": lib, "app.ts": "" }))
      writeFileSync(join(root, name), text);
    const { code } = await bundle({
      entry: join(root, "app.ts"),
      root,
      source,
      outfile: join(root, "out.mjs"),
    });
    writeFileSync(join(root, "out.mjs"), code);
    return exportedBy(join(root, "out.mjs"));
  }

  it("works in a project that is compiled to CommonJS, in the rewritten entry too", async () => {
    expect(await seenBy("{}", mixed)).toEqual(["c/a/b", 1]);
  });

  it("works beside export, in a module that others import and require", async () => {
    const root = mkdtempSync(join(scratch, "mixed-"));
    const modules = {
      "package.json": "{}",
      "both.ts": `import { join } from "node:path";
export const kept: string = join("a", "b");
export default class Both {}
module.exports.added = 7;
exports.more = 8;`,
      "whole.ts": `import type { URL } from "node:url";
function app(): string { return "app"; }
export default app;
module.exports = app;
module.exports.default = app;`,
      "app.ts": `import app from "./whole"; import whole = require("./whole"); import { kept } from "./both";
const both = require("./both");
export const seen = [app(), (whole as any)(), kept, both.kept, both.added, both.more, typeof both.default];`,
    };
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(root, name), text);
    const options = { entry: join(root, "app.ts"), root, outfile: join(root, "out.mjs") };
    for (const { code } of [await bundle(options), await bundleForNode(options)]) {
      writeFileSync(join(root, "out.mjs"), code);
      expect(exportedBy(join(root, "out.mjs"))).toEqual(["app", "app", "a/b", "a/b", 7, 8, "function"]);
    }
  });

  it("fails in an ES module, as in Node", async () => {
    await expect(seenBy('{ "type": "module" }', mixed)).rejects.toThrow(/(?:module|exports) is not defined/);
  });

  it("leaves names of the entry's own alone", async () => {
    const source = "const module = { exports: 5 }; export const seen = module.exports;";
    expect(await seenBy("{}", source)).toBe(5);
  });
});
