import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { laconic, scratchApp } from "./laconic.js";

const FILES = {
  "package.json": '{ "type": "module", "laconic": { "require": ["./listed.cjs"] } }',
  "app.ts": `import { createRequire } from "node:module";
import { lambda, main } from "@laconic/runtime/library";
import old from "./old.cjs";
const require = createRequire(import.meta.url);
const beside = createRequire(new URL("./lib/", import.meta.url));
const { url, ...place } = import.meta;
main("Modules", "asks for modules in every way", [
  lambda("all", () => [
    require("./data.json").x, beside("./data").x, typeof require("node:fs").readFileSync, require("./lib/part.cjs"),
    old.plugins, old.failed, old.listed("./listed.cjs"),
    (import.meta as { env?: { MODE?: string } }).env?.MODE ?? null, import.meta.resolve("./data.json") === new URL("./data.json", url).href,
    typeof place.filename,
  ]),
]);
`,
  "data.json": '{ "x": 1 }',
  "lib/data.json": '{ "x": 2 }',
  "lib/part.cjs": "module.exports = require('./data.json').x + 1;",
  "old.cjs": `const load = (name) => { try { return require("./plugins/" + name); } catch (error) { return error.code; } };
exports.plugins = ["a", "b"].map(load);
exports.failed = load("gone");
exports.listed = (name) => require(name);
`,
  "plugins/package.json": '{ "type": "commonjs" }',
  "plugins/a.js": "module.exports = 'a';",
  "plugins/b/index.js": "module.exports = 'b';",
  "plugins/README.md": "# What is here",
  "listed.cjs": "module.exports = 'listed';",
};

let app: Awaited<ReturnType<typeof scratchApp>>;
beforeAll(async () => {
  app = await scratchApp(FILES);
});
afterAll(() => app.remove());

describe("modules that no literal import names", () => {
  it.each(["python", "native", "node"])("are there behind the %s shim", async (shim) => {
    const args = ["invoke", app.file("app.ts"), "all", "null", "--shim", shim];
    const { stdout, stderr, exitCode } = await laconic(args);
    expect(exitCode, stderr).toBe(0);
    const files = [1, 2, "function", 3];
    const names = [["a", "b"], "MODULE_NOT_FOUND", "listed"];
    expect(JSON.parse(stdout)).toEqual([...files, ...names, null, true, "string"]);
  });

  it("are no findings of the check", async () => {
    const { stdout, exitCode } = await laconic(["check", app.file("app.ts"), "--json"]);
    expect(exitCode).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { kind: string; location: { file: string } }[] };
    // What the list in package.json is for.
    expect(findings).toMatchObject([{ kind: "dynamic-require", location: { file: "old.cjs", line: 4 } }]);
  });
});
