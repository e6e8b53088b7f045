import { describe, expect, it } from "vitest";
import { briefly, checkFiles } from "./scratch.js";

const addon = "\u007fELF";

describe("a native addon", () => {
  it.each<[string, Record<string, string>, string]>([
    [
      "required by its file",
      { "app.ts": 'const addon = require("./build/a.node");\naddon.run();', "build/a.node": addon },
      "load ./build/a.node app.ts:1:23",
    ],
    [
      "required by its file without the extension",
      { "app.ts": 'const addon = require("./build/a");\naddon.run();', "build/a.node": addon },
      "load build/a.node app.ts:1:23",
    ],
    [
      "loaded by a package's loader",
      {
        "app.ts": 'import lib from "lib";\nlib.run();',
        "node_modules/lib/index.js": 'module.exports = require("bindings")("lib.node");',
      },
      "load lib node_modules/lib/index.js:1:26",
    ],
    [
      "loaded when it is needed",
      {
        "app.ts": 'import lib from "@scope/lib";\nlib.run();',
        "node_modules/@scope/lib/index.js": 'exports.run = () => require("node-gyp-build")(__dirname).run();',
      },
      "maybe @scope/lib node_modules/@scope/lib/index.js:1:29",
    ],
    [
      "that a package which says it has one computes the name of",
      {
        "app.ts": 'import lib from "lib";\nlib.run();',
        "node_modules/lib/index.js": "exports.run = (platform) => require(`lib-${platform}`);",
        "node_modules/lib/package.json": '{ "binary": { "napi_versions": [9] } }',
      },
      "maybe lib node_modules/lib/index.js:1:29",
    ],
    [
      "that npm chooses by the platform",
      {
        "app.ts": 'import lib from "lib";\nlib.run();',
        "node_modules/lib/index.js": "exports.run = (platform) => require(`lib-${platform}`);",
        "node_modules/lib/package.json": '{ "optionalDependencies": { "lib-linux-x64": "1" } }',
      },
      "maybe lib node_modules/lib/index.js:1:29",
    ],
    [
      "that is a package of its own, tried",
      {
        "app.ts": 'import lib from "lib";\nlib.run();',
        "node_modules/lib/index.js":
          'try { exports.a = require("lib-linux"); } catch {}\nexports.run = () => exports.a;',
        "node_modules/lib-linux/package.json": '{ "main": "lib.node" }',
        "node_modules/lib-linux/lib.node": addon,
      },
      "maybe lib node_modules/lib/index.js:1:27",
    ],
  ])("%s", async (_name, files, expected) => {
    expect(await briefly(files)).toEqual([expected]);
  });

  it("that a package tries in many places is one finding", async () => {
    const tries = ["a", "b", "c"].map((name) => `try { exports.x = require("./${name}.node"); } catch {}`);
    const { findings, ok } = await checkFiles({
      "app.ts": 'import lib from "lib";\nlib.x();',
      "node_modules/lib/index.js": tries.join("\n"),
    });
    expect(ok).toBe(true);
    expect(findings).toMatchObject([
      {
        kind: "native-addon",
        code: "LAC2003",
        module: "lib",
        reached: "maybe",
        uses: 3,
        location: { line: 1 },
      },
    ]);
    expect(findings[0]!.message).toContain('the package "lib"');
  });
});

describe("a global that the engine lacks", () => {
  it.each<[string, string, string[]]>([
    ["used at load", "WebAssembly.compile(new Uint8Array());", ["load globalThis#WebAssembly app.ts:1:1"]],
    [
      "of the global object",
      "new globalThis.WebAssembly.Module(x);",
      ["load globalThis#WebAssembly app.ts:1:16"],
    ],
    [
      "used in a function",
      "export const f = () => new WebSocket();",
      ["maybe globalThis#WebSocket app.ts:1:28"],
    ],
    ["that the code asks for", 'export default typeof WebAssembly === "object";', []],
    [
      "that the code uses when it is there",
      'if (typeof WebAssembly === "object") WebAssembly.compile(x);',
      ["maybe globalThis#WebAssembly app.ts:1:38"],
    ],
    [
      "that the app brings along",
      "globalThis.WebSocket = class {};\nexport const f = () => new WebSocket();",
      [],
    ],
    ["that is a name of the app's own", "class WebSocket {}\nexport default new WebSocket();", []],
    [
      "that is a member of Intl",
      "export const f = () => new Intl.PluralRules();",
      ["maybe globalThis#Intl.PluralRules app.ts:1:28"],
    ],
    ["that Intl has", "export const f = () => new Intl.NumberFormat();", []],
    ["that is a type", "export let module: WebAssembly.Module;", []],
  ])("%s", async (_name, source, expected) => {
    expect(await briefly(source)).toEqual(expected);
  });
});

describe("a require of a computed name", () => {
  it("is told, but keeps nothing from being built", async () => {
    const { ok, findings } = await checkFiles({ "app.ts": "export default require(process.env.PLUGIN!);" });
    expect(ok).toBe(true);
    expect(findings).toMatchObject([{ kind: "dynamic-require", code: "LAC2007", reached: "load" }]);
  });
});

describe("what the project lists for require", () => {
  it("is an error when it is not there", async () => {
    const files = { "app.ts": "export default 1;" };
    await expect(checkFiles(files, ["gone", "./gone.js"])).rejects.toMatchObject({
      problems: [
        { code: "LAC2002", hint: "Install it: npm install gone" },
        {
          code: "LAC2002",
          message: '"laconic.require" in package.json lists "./gone.js", which could not be found.',
        },
      ],
    });
  });
});

describe("a require that createRequire made", () => {
  const made = 'import { createRequire } from "node:module";\nconst load = createRequire(import.meta.url);\n';

  it.each<[string, Record<string, string>, string[]]>([
    ["of a file", { "app.ts": `${made}load("./data.json");`, "data.json": "{}" }, []],
    [
      "of a file that is not there",
      { "app.ts": `${made}load("./data.json");` },
      ["load ./data.json app.ts:3:6"],
    ],
    [
      "of a package that is not there, in a function",
      { "app.ts": `${made}export const f = () => load("gone");` },
      ["maybe gone app.ts:3:29"],
    ],
    [
      "of a computed name",
      { "app.ts": `${made}export const f = (name) => load(name);` },
      ["maybe require app.ts:3:28"],
    ],
    [
      "that is passed on",
      { "app.ts": `${made}export const f = (use) => use(load);` },
      ["maybe require app.ts:3:31"],
    ],
    [
      "of a built-in that the library lacks",
      { "app.ts": `${made}load("node:wasi");` },
      ["load node:wasi app.ts:3:6"],
    ],
    [
      "of a module that uses what the library lacks",
      { "app.ts": `${made}load("./old.cjs");`, "old.cjs": "new WebSocket();" },
      ["maybe globalThis#WebSocket old.cjs:1:5"],
    ],
  ])("%s", async (_name, files, expected) => {
    expect(await briefly(files)).toEqual(expected);
  });
});

describe("what cannot be found", () => {
  it("is an error, with its chain", async () => {
    const files = { "app.ts": 'import "./a.js";', "a.ts": 'import x from "left-out";\nx();' };
    await expect(checkFiles(files)).rejects.toMatchObject({
      code: "LAC2002",
      problems: [{ importChain: ["app.ts", "a.ts"], hint: "Install it: npm install left-out" }],
    });
    await expect(checkFiles({ "app.ts": "const x = (;" })).rejects.toMatchObject({ code: "LAC2004" });
  });
});

describe("a package that many files import and nobody installed", () => {
  it("is one problem, at the first place", async () => {
    const names = ["a", "b", "c"];
    const files = Object.fromEntries(
      names.map((name) => [`${name}.ts`, `import x from "left-out/${name}";\nx();`]),
    );
    const failure = checkFiles({
      "app.ts": [
        'import gone from "other";',
        ...names.map((name) => `import "./${name}.js";`),
        "gone();",
      ].join("\n"),
      ...files,
    });
    await expect(failure).rejects.toMatchObject({
      problems: [
        {
          message: 'The import "left-out/a" could not be found, in 3 places.',
          hint: "Install it: npm install left-out",
        },
        { message: 'The import "other" could not be found.', location: { file: "app.ts" } },
      ],
    });
  });

  it("is not confused with paths, of which each is another", async () => {
    const files = { "app.ts": 'import "./a/x.js";\nimport "./gone.js";', "a/x.ts": 'import "./gone.js";' };
    const failure = checkFiles(files);
    await expect(failure).rejects.toMatchObject({ problems: [{ code: "LAC2002" }, { code: "LAC2002" }] });
  });
});

describe("a place in minified code", () => {
  it("is shown with as much of its line as can be read", async () => {
    const { BundleError } = await import("../../src/index.js");
    const before = "var a=1;".repeat(500);
    const { findings } = await checkFiles({ "app.ts": `${before}WebAssembly.compile(a);${before}` });
    expect(findings[0]!.location).toMatchObject({ line: 1, column: 4001 });
    const { frame } = new BundleError(findings);
    const [, line = "", mark = ""] = frame!.split("\n");
    expect(line.length).toBeLessThan(140);
    expect(line.slice(mark.indexOf("^"))).toMatch(/^WebAssembly/);
  });
});
