import { describe, expect, it } from "vitest";
import { briefly, checkFiles } from "./scratch.js";

describe("a built-in that the library lacks", () => {
  it.each<[string, string, string[]]>([
    ["a default import", 'import vm from "node:wasi";\nvm.run();', ["load node:wasi app.ts:1:16"]],
    ["an import without the prefix", 'import vm from "wasi";\nvm.run();', ["load node:wasi app.ts:1:16"]],
    ["a namespace import", 'import * as vm from "node:wasi";\nvm.run();', ["load node:wasi app.ts:1:21"]],
    ["an import by name", 'import { run } from "node:wasi";\nrun();', ["load node:wasi app.ts:1:21"]],
    ["a re-export", 'export { run } from "node:wasi";', ["load node:wasi app.ts:1:21"]],
    [
      "an import over many lines",
      'import {\n  run,\n  two,\n} from "node:wasi";\nrun(two);',
      ["load node:wasi app.ts:4:8"],
    ],
    ["a require", 'const vm = require("wasi");\nvm.run();', ["load node:wasi app.ts:1:20"]],
    ["an import of a type alone", 'import type { Script } from "node:wasi";\nexport let s: Script;', []],
    ["an import for its own sake, which has no effect", 'import "node:wasi";\nexport const one = 1;', []],
    ["an import that nothing uses", 'import vm from "node:wasi";\nexport const one = 1;', []],
    ["a name that is no built-in", 'import x from "node:nothing";\nx();', ["load node:nothing app.ts:1:15"]],
  ])("is found by %s", async (_name, source, expected) => {
    expect(await briefly(source)).toEqual(expected);
  });

  it.each<[string, string]>([
    ["a dynamic import", 'export const run = await import("node:wasi");'],
    ["a function", 'export function run() { return require("wasi"); }'],
    ["an arrow function", 'export const run = () => require("wasi");'],
    ["a method", 'export class A { run() { return require("wasi"); } }'],
    ["an instance's property", 'export class A { vm = require("wasi"); }'],
    ["a try", 'let vm;\ntry { vm = require("wasi"); } catch {}\nexport default vm;'],
    ["an if", 'let vm;\nif (process.env.X) vm = require("wasi");\nexport default vm;'],
    ["a conditional expression", 'export default process.env.X ? require("wasi") : 1;'],
    ["the right of &&", 'export default process.env.X && require("wasi");'],
    ["the right of ??=", 'let vm: unknown;\nvm ??= require("wasi");\nexport default vm;'],
    ["a loop", 'for (const x of process.argv) require("wasi").run(x);'],
    ["a switch", 'switch (process.argv[0]) { case "a": require("wasi").run(); }'],
    ["a default value", 'export const [vm = require("wasi")] = process.argv;'],
  ])("is only perhaps reached in %s", async (_name, source) => {
    expect(await briefly(source)).toEqual([expect.stringMatching(/^maybe node:wasi app\.ts:/)]);
  });

  it.each<[string, string]>([
    ["a function that is called where it stands", "(function () { require('wasi').run(); })();"],
    ["an arrow that is", "(() => require('wasi').run())();"],
    ["an if's test", "if (require('wasi').run()) process.exit();"],
    ["a class's static property", "export class A { static vm = require('wasi'); }"],
    ["a static block", "export class A { static { require('wasi').run(); } }"],
    ["a try without a catch", "try { require('wasi').run(); } finally { process.exit(); }"],
  ])("is reached in %s", async (_name, source) => {
    expect(await briefly(source)).toEqual([expect.stringMatching(/^load node:wasi app\.ts:/)]);
  });

  const vm = {
    "node_modules/lib/index.js": 'exports.vm = require("wasi");',
    "node_modules/lib/package.json": "{}",
  };
  it.each<[string, string, "load" | "maybe"]>([
    ["imported", 'import { vm } from "lib";\nexport default vm;', "load"],
    ["required", 'module.exports = require("lib");', "load"],
    ["required late", 'export const late = () => require("lib");', "maybe"],
    ["imported late", 'export const late = () => import("lib");', "maybe"],
    ["required in a try", "try { require('lib'); } catch {}", "maybe"],
  ])("of a package that is %s is reached as the package is", async (_name, source, reached) => {
    expect(await briefly({ "app.ts": source, ...vm })).toEqual([
      `${reached} node:wasi node_modules/lib/index.js:1:22`,
    ]);
  });

  it.each<[string, string, "load" | "maybe"]>([
    ["at the top", 'import "./a.js";', "load"],
    ["late", 'export const late = () => import("./a.js");', "maybe"],
  ])("of an ES module that is imported %s, through another", async (_name, source, reached) => {
    const files = {
      "app.ts": source,
      "a.ts": 'import { b } from "./b.js";\nb();',
      "b.ts": 'import vm from "node:wasi";\nexport const b = () => vm.run();',
    };
    expect(await briefly(files)).toEqual([`${reached} node:wasi b.ts:1:16`]);
  });

  it("in a circle of packages is reached when one of them is", async () => {
    const files = {
      "node_modules/a/index.js": 'exports.b = require("b");',
      "node_modules/b/index.js": 'exports.a = require("a");\nexports.vm = require("wasi");',
      "node_modules/a/package.json": "{}",
      "node_modules/b/package.json": "{}",
    };
    const late = await briefly({ "app.ts": 'export default () => require("a");', ...files });
    expect(late).toEqual(["maybe node:wasi node_modules/b/index.js:2:22"]);
    const early = await briefly({ "app.ts": 'import a from "a";\na.b();', ...files });
    expect(early).toEqual(["load node:wasi node_modules/b/index.js:2:22"]);
  });

  it("beside an eval, which could change what any name stands for, is found all the same", async () => {
    const files = {
      "app.ts": 'import { vm } from "lib";\nvm.run();',
      "node_modules/lib/index.js": 'exports.vm = require("wasi");\nexports.run = (code) => eval(code);',
      "node_modules/lib/package.json": "{}",
    };
    expect(await briefly(files)).toEqual(["load node:wasi node_modules/lib/index.js:1:22"]);
  });

  it("tells message, chain, frame, way out and how often", async () => {
    const { ok, findings } = await checkFiles({
      "app.ts": 'import { run } from "./src/run.js";\nrun();',
      "src/run.ts":
        'import vm from "node:wasi";\nimport again from "wasi";\nexport const run = () => vm.run(again);',
    });
    expect(ok).toBe(false);
    expect(findings).toEqual([
      {
        kind: "builtin",
        code: "LAC2001",
        module: "node:wasi",
        message:
          'The Node built-in "node:wasi" is not available in the library: the engine has no WebAssembly.',
        hint: expect.stringMatching(/managed Node runtime/) as string,
        reached: "load",
        location: { file: "src/run.ts", line: 1, column: 16, lineText: 'import vm from "node:wasi";' },
        importChain: ["app.ts", "src/run.ts"],
        uses: 2,
      },
    ]);
  });

  it("gives way to a package of its name", async () => {
    const files = {
      "node_modules/punycode/index.js": "exports.encode = 1;",
      "node_modules/punycode/package.json": "{}",
    };
    expect(await briefly({ "app.ts": 'import p from "punycode";\np.encode();', ...files })).toEqual([]);
    expect(await briefly({ "app.ts": 'import p from "punycode/";\np.encode();', ...files })).toEqual([]);
  });

  it("is no finding when the library has it, and the report says so", async () => {
    const { ok, findings, builtins } = await checkFiles({
      "app.ts": 'import { join } from "path";\nimport qs from "node:querystring";\njoin(qs.escape(""));',
    });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(builtins).toEqual([
      { module: "node:path", support: expect.any(String) as string },
      { module: "node:querystring", support: "polyfill" },
    ]);
  });
});
