import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { differences, resolvedInBundle } from "./compare.js";

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "laconic-resolution-")));
afterAll(() => rmSync(scratch, { recursive: true }));

type Files = Readonly<Record<string, string | object>>;

/** The files that an app of these files is made of, each by its importer's, and how Node would do otherwise. */
async function resolve(files: Files, links: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(scratch, "app-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    symlinkSync(target, join(root, name));
  }
  const resolutions = await resolvedInBundle(root, join(root, "app.mjs"));
  return {
    files: resolutions.map(({ file }) => file.replace(`${root}/`, "")),
    different: differences(root, resolutions),
  };
}

/** Imports it, and requires it. */
const both = (specifier: string): string => `import "${specifier}"; require("${specifier}");`;

describe("a module is resolved as Node does", () => {
  it.each<[string, Files, string[]]>([
    [
      "a package with an ES module that Node does not know of",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/package.json": { main: "main.js", module: "module.mjs", "jsnext:main": "next.js" },
        "node_modules/lib/main.js": "module.exports = 1;",
        "node_modules/lib/module.mjs": "export default 1;",
      },
      ["node_modules/lib/main.js", "node_modules/lib/main.js"],
    ],
    [
      "a package of which a bundler could take another file",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/package.json": {
          exports: { module: "./bundled.js", browser: "./browser.js", default: "./main.js" },
        },
        ...Object.fromEntries(
          ["main", "bundled", "browser"].map((name) => [`node_modules/lib/${name}.js`, "exports.x = 1;"]),
        ),
      },
      ["node_modules/lib/main.js", "node_modules/lib/main.js"],
    ],
    [
      "a package that is twice, as ES module and as CommonJS",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/package.json": { exports: { import: "./a.mjs", require: "./a.cjs" } },
        "node_modules/lib/a.mjs": "export default 1;",
        "node_modules/lib/a.cjs": "module.exports = 1;",
      },
      ["node_modules/lib/a.mjs", "node_modules/lib/a.cjs"],
    ],
    [
      "a package with an ES module for import and require alike",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/package.json": { exports: { "module-sync": "./a.mjs", default: "./a.cjs" } },
        "node_modules/lib/a.mjs": "export default 1;",
        "node_modules/lib/a.cjs": "module.exports = 1;",
      },
      ["node_modules/lib/a.mjs", "node_modules/lib/a.mjs"],
    ],
    [
      "subpaths and patterns",
      {
        "app.mjs": both("lib/one") + both("lib/parts/two"),
        "node_modules/lib/package.json": {
          exports: { "./one": { node: "./n/one.js", default: "./d/one.js" }, "./parts/*": "./n/*.js" },
        },
        "node_modules/lib/n/one.js": "",
        "node_modules/lib/d/one.js": "",
        "node_modules/lib/n/two.js": "",
      },
      Array.from("1122", (digit) => `node_modules/lib/n/${digit === "1" ? "one" : "two"}.js`),
    ],
    [
      "a package that names itself, and its own imports",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/package.json": {
          name: "lib",
          exports: { ".": "./main.js", "./part": { import: "./part.mjs", require: "./part.cjs" } },
          imports: { "#inner": { import: "./part.mjs", default: "./part.cjs" }, "#dep": "dep" },
        },
        "node_modules/lib/main.js":
          'require("lib/part"); require("#inner"); require("#dep"); import("lib/part");',
        "node_modules/lib/part.mjs": "export {};",
        "node_modules/lib/part.cjs": "",
        "node_modules/dep/index.js": "",
      },
      [
        "node_modules/lib/main.js",
        "node_modules/lib/main.js",
        ...["node_modules/lib/part.cjs", "node_modules/lib/part.cjs", "node_modules/dep/index.js"],
        "node_modules/lib/part.mjs",
      ],
    ],
    [
      "packages without a main file, with a folder for one, and with one that is not there",
      {
        "app.mjs": ["plain", "folder", "gone", "bare"].map(both).join(""),
        "node_modules/plain/index.js": "",
        "node_modules/folder/package.json": { main: "lib" },
        "node_modules/folder/lib/index.js": "",
        "node_modules/gone/package.json": { main: "dist/gone.js" },
        "node_modules/gone/index.js": "",
        "node_modules/bare/package.json": { main: "lib/main" },
        "node_modules/bare/lib/main.js": "",
      },
      ["plain/index", "folder/lib/index", "gone/index", "bare/lib/main"].flatMap((file) =>
        Array.from("ir", () => `node_modules/${file}.js`),
      ),
    ],
    [
      "files of a package beside sources, styles and modules of their name",
      {
        "app.mjs": both("lib"),
        "node_modules/lib/index.js":
          'require("./a"); require("./b"); require("./c"); require("."); require("./d/");',
        ...Object.fromEntries(
          ["a.ts", "a.tsx", "a.jsx", "a.mjs", "a.css", "a.js", "b.json", "b.css", "b.ts", "b/index.js"].map(
            (name) => [`node_modules/lib/${name}`, name.endsWith(".json") ? "{}" : ""],
          ),
        ),
        "node_modules/lib/c/package.json": { main: "./main.js", module: "./module.js" },
        "node_modules/lib/c/main.js": "",
        "node_modules/lib/c/module.js": "",
        "node_modules/lib/d.js": "",
        "node_modules/lib/d/index.js": "",
        "node_modules/lib/d/index.ts": "",
      },
      [...["index.js", "index.js", "a.js", "b.json", "c/main.js", "index.js", "d/index.js"]].map(
        (file) => `node_modules/lib/${file}`,
      ),
    ],
    [
      "the package of an importer, before one of the same name further up",
      {
        "app.mjs": both("lib") + both("dep"),
        "node_modules/lib/index.js": both("dep"),
        "node_modules/lib/node_modules/dep/index.js": "",
        "node_modules/dep/index.js": "",
      },
      [...["lib", "lib", "dep", "dep", "lib/node_modules/dep", "lib/node_modules/dep"]].map(
        (folder) => `node_modules/${folder}/index.js`,
      ),
    ],
  ])("%s", async (_name, files, expected) => {
    const { files: found, different } = await resolve(files);
    expect(different).toEqual([]);
    expect(found.sort()).toEqual([...expected].sort());
  });

  it("a linked package, which finds its dependencies where it is", async () => {
    const { files, different } = await resolve(
      {
        "app.mjs": both("lib") + both("other"),
        "packages/lib/index.js": 'require("dep");',
        "packages/lib/node_modules/dep/index.js": "",
        "node_modules/dep/index.js": "",
      },
      { "node_modules/lib": "../packages/lib", "node_modules/other": "../packages/lib" },
    );
    expect(different).toEqual([]);
    expect(new Set(files)).toEqual(
      new Set(["packages/lib/index.js", "packages/lib/node_modules/dep/index.js"]),
    );
  });
});
