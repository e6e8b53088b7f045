import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decoratorMetadata } from "../src/decorator-metadata.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "laconic-decorators-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a project's module, bundled with the plugin, exports by default in Node. */
async function evaluated(name: string, source: string, options: object): Promise<unknown> {
  const root = await mkdtemp(join(folder, `${name}-`));
  const compilerOptions = { experimentalDecorators: true, emitDecoratorMetadata: true, ...options };
  await writeFile(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await writeFile(join(root, "old.cjs"), "module.exports = { name: 'old' };");
  await writeFile(join(root, "app.ts"), source);
  await build({
    entryPoints: [join(root, "app.ts")],
    outfile: join(root, "app.mjs"),
    bundle: true,
    format: "esm",
    logLevel: "silent",
    plugins: [decoratorMetadata(join(root, "app.ts"), undefined)],
  });
  const { default: value } = (await import(pathToFileURL(join(root, "app.mjs")).href)) as {
    default: unknown;
  };
  return value;
}

const RECORDING = `const metadata: unknown[] = [];
(Reflect as any).metadata = (key: string, value: unknown) => () => void metadata.push(key);
function mark(): any { return () => {}; }
`;

describe("decorator metadata", () => {
  it.each([
    ["on a line of its own", "class Marked {\n  @mark()\n  run(x: number): void {}\n}"],
    ["on the line of what it decorates", "class Marked { @mark() run(x: number): void {} }"],
    ["of a parameter", "class Marked { constructor(@mark() x: number) {} run() {} }"],
  ])("is there for a decorator %s", async (_, text) => {
    const keys = await evaluated("places", `${RECORDING}${text}\nexport default [Marked, metadata][1];`, {});
    expect(keys).toContain("design:paramtypes");
  });

  it.each([
    ["ES2021", {}, []],
    ["ES2022", {}, ["unset"]],
    ["ES2022", { useDefineForClassFields: false }, []],
  ])("leaves class fields to the project's settings: target %s, %o", async (target, more, own) => {
    const source = `${RECORDING}class Marked { @mark() unset: string; }\nexport default Object.keys(new Marked());`;
    expect(await evaluated("fields", source, { target, ...more })).toEqual(own);
  });

  it("keeps import = require", async () => {
    const source = `import old = require("./old.cjs");
${RECORDING}class Marked { @mark() name = old.name; }
export default new Marked().name;`;
    expect(await evaluated("equals", source, { module: "CommonJS" })).toBe("old");
  });
});
