import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { bundle, BundleError, type BundleOptions } from "../src/index.js";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "laconic-bundle-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function bundleFixture(folder: string, file: string, rest: Partial<BundleOptions> = {}) {
  const root = join(fixtures, folder);
  return bundle({ entry: join(root, file), root, outfile: join(root, ".laconic", "app.mjs"), ...rest });
}

async function failure(folder: string, file: string): Promise<BundleError> {
  return bundleFixture(folder, file).then(
    () => expect.unreachable("the bundle was made"),
    (error: unknown) => error as BundleError,
  );
}

/** Runs a bundle in Node: one that asks for nothing of the engine. */
async function load(code: string): Promise<Record<string, unknown>> {
  const file = join(scratch, `${Math.random()}.mjs`);
  writeFileSync(file, code);
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

describe("bundle", () => {
  it("leaves what the engine itself has as imports", async () => {
    const source = 'import { createSocket } from "dgram";\nexport default createSocket;';
    const { code } = await bundleFixture("supported", "app.ts", { source });
    expect(code).toContain('from "laconic:sockets"');
  });

  it("warns of the app's own code alone", async () => {
    const source = 'import * as fs from "node:fs";\nexport default [fs.lchmod, fs.readFileSync, fs.gone];';
    const { warnings } = await bundleFixture("supported", "app.ts", { source });
    expect(warnings).toEqual([expect.stringMatching(/app\.ts:2:.*"gone" will always be undefined/)]);
  });

  it("reads an entry whose text it is given by the project's tsconfig.json", async () => {
    const root = mkdtempSync(join(scratch, "decorated-"));
    const entry = join(root, "app.ts");
    writeFileSync(join(root, "tsconfig.json"), '{ "compilerOptions": { "experimentalDecorators": true } }');
    writeFileSync(entry, "");
    const source = `export const marked: number[] = [];
const mark = (_: object, __: unknown, index: number) => void marked.push(index);
export class Marked { constructor(@mark readonly x: number) {} }`;
    const { code } = await bundle({ entry, root, source, outfile: join(root, "app.mjs") });
    await expect(load(code)).resolves.toMatchObject({ marked: [0] });
  });

  // esbuild follows a tsconfig.json only for the files that it finds itself, and of two importers' threads either can be
  // first. The empty one beside the shipped modules keeps this package's own from being followed.
  it("reads a shipped module the same way whether esbuild or the plugin resolves it", async () => {
    const source = 'import { Buffer } from "node:buffer";\nexport default fetch(String(Buffer));';
    const { code } = await bundleFixture("supported", "app.ts", { source });
    expect(code).not.toMatch(/\.js"\(\) \{\s+"use strict"/);
  });

  it("turns a CommonJS require of a built-in into an import that works", async () => {
    const { code } = await bundleFixture("supported", "app.ts");
    const { encode } = (await load(code)) as { encode: (text: string) => string };
    expect(encode("mañana")).toBe("maana-pta");
  });

  it("leaves a require that the app guards with try to the app", async () => {
    const { code } = await bundleFixture("supported", "app.ts");
    await expect(load(code)).resolves.toHaveProperty("encode");
  });

  it.each([
    ["other than the bundler's", ""],
    ["that the bundler has, too", "export const x = 1, a = 2, b = 3;\n"],
  ])(
    "fails a guarded require of what nobody installed as Node does, in an app with names %s",
    async (_, names) => {
      const source = `${names}const load = (name) => require(name);
export let code = "";
try { load("gone-" + Math.random()); } catch (error) { code = error.code; }
`;
      const { code } = await bundleFixture("supported", "app.ts", { source });
      expect(code).toContain("and no others");
      // Node has a require for no module of this kind either.
      expect(await load(code)).toHaveProperty("code", "MODULE_NOT_FOUND");
    },
  );

  it("tells what went into the bundle, relative to the root", async () => {
    const { inputs } = await bundleFixture("supported", "app.ts");
    expect(inputs.map(({ path }) => path)).toEqual(expect.arrayContaining(["app.ts", "legacy.cjs"]));
    expect(inputs.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  it("maps the bundle to the sources, relative to where the bundle will be", async () => {
    const { map } = await bundleFixture("supported", "app.ts");
    const { sources } = JSON.parse(map) as { sources: string[] };
    expect(sources).toContain("../app.ts");
  });

  it("gives the same bytes twice", async () => {
    const first = await bundleFixture("supported", "app.ts");
    expect(await bundleFixture("supported", "app.ts")).toEqual(first);
  });

  it("keeps the names and the exports of modules that share names, with helpers that cost little", async () => {
    const root = mkdtempSync(join(scratch, "names-"));
    const named =
      "export const target = 1, value = () => target, name = 0, all = 0; export class Thing { static name() {} } export class Other {}";
    writeFileSync(
      join(root, "first.mjs"),
      `${named} export let count = 0; export const add = () => ++count;`,
    );
    writeFileSync(join(root, "second.mjs"), `${named} export default function () {}`);
    const entry = join(root, "app.mjs");
    writeFileSync(
      entry,
      `
      const first = require("./first.mjs"), second = require("./second.mjs");
      export const names = [first, second].map(({ value, Other, Thing }) => [value.name, Other.name, typeof Thing.name]);
      first.add();
      export const seen = [first.count, Object.keys(first), second.default.name, first.value()];
      export const written = (() => { try { first.count = 5; } catch (error) { return error.name; } })();`,
    );
    const { code } = await bundle({ entry, root, outfile: join(root, "out.mjs") });
    expect(await load(code)).toMatchObject({
      names: [
        ["value", "Other", "function"],
        ["value", "Other", "function"],
      ],
      seen: [1, ["Other", "Thing", "add", "all", "count", "name", "target", "value"], "default", 1],
      written: "TypeError",
    });
    expect(code).not.toMatch(/__defProp\(\w+, (?!key|"default"|"__esModule")[\w"]+, \{ (get|value)\b/);
  });

  it("bundles the given text in place of the entry's, also for modules that import the entry back", async () => {
    const source =
      'import { marker } from "./circle.js";\nexport const name = "rewritten";\nexport const seen = () => marker();\n';
    const { code } = await bundleFixture("unsupported", "back.ts", { source });
    const { seen } = await load(code);
    expect((seen as () => string)()).toBe("rewritten");
    expect(code).not.toContain("original");
  });
});

describe("a module of the bundle", () => {
  it("knows its own place, in the function's folder as in the project", async () => {
    const root = mkdtempSync(join(tmpdir(), "laconic-places-"));
    const files = {
      "src/app.ts":
        'import { inner } from "./lib/inner.js"; import old from "./old.cjs"; import installed from "installed";\n' +
        "export const places = [import.meta.dirname, import.meta.filename, import.meta.url, ...inner, ...old, installed];\n" +
        'export const lazy = async () => (await import("./lib/b c.mjs")).url;',
      "src/lib/inner.ts": "export const inner = [import.meta.dirname, import.meta.url];",
      "src/lib/b c.mjs": "export const url = import.meta.url;",
      "src/old.cjs": "module.exports = [__dirname, __filename, require('./lib/inner').inner[0]];",
      "node_modules/installed/index.js": "module.exports = __dirname;",
    };
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(root, name, ".."), { recursive: true });
        writeFileSync(join(root, name), text);
      }
      const entry = join(root, "src/app.ts");
      const { code } = await bundle({ entry, root, outfile: join(root, "out.mjs") });
      vi.stubEnv("LAMBDA_TASK_ROOT", "/var/task");
      const { places, lazy } = (await load(code)) as { places: string[]; lazy: () => Promise<string> };
      expect(places).toEqual([
        ...["/var/task/src", "/var/task/src/app.ts", "file:///var/task/src/app.ts"],
        ...["/var/task/src/lib", "file:///var/task/src/lib/inner.ts"],
        ...["/var/task/src", "/var/task/src/old.cjs", "/var/task/src/lib"],
        "/var/task/node_modules/installed",
      ]);
      expect(await lazy()).toBe("file:///var/task/src/lib/b%20c.mjs");
    } finally {
      vi.unstubAllEnvs();
      rmSync(root, { recursive: true });
    }
  });
});

describe("a built-in that ships in the library", () => {
  it("is one module for import, namespace import, default import and require", async () => {
    const { code } = await bundleFixture("supported", "shipped.ts");
    const app = (await load(code)) as Record<string, () => unknown>;
    expect(code).not.toContain('"node:punycode"');
    expect([app["isOne"]!(), app["isLazy"]!()]).toEqual([true, true]);
    expect([app["encoded"]!(), app["text"]!()]).toEqual(["maana-pta", "xn--maana-pta.com"]);
  });

  it("keeps its private imports to itself", async () => {
    const source = 'import { toText } from "laconic:node";\nexport default toText;\n';
    await expect(bundleFixture("supported", "app.ts", { source })).rejects.toMatchObject({ code: "LAC2002" });
  });
});

describe("what cannot be bundled", () => {
  it("names an unsupported built-in, its place, the import chain and the way out", async () => {
    const { problems, frame } = await failure("unsupported", "app.ts");
    const builtin = problems.find(({ code }) => code === "LAC2001");
    expect(builtin).toMatchObject({
      location: { file: "sandbox.ts", line: 2, column: 18, lineText: 'import wasi from "node:wasi";' },
      importChain: ["app.ts", "sandbox.ts"],
    });
    expect(builtin?.hint).toMatch(/managed Node runtime/);
    expect(frame).toContain('"node:wasi" is not available in the library');
  });

  it("reports every problem, not only the first", async () => {
    const { problems } = await failure("unsupported", "app.ts");
    expect(problems.map(({ code }) => code).sort()).toEqual(["LAC2001", "LAC2002"]);
    expect(problems.find(({ code }) => code === "LAC2002")?.hint).toBe("Install it: npm install left-out");
  });

  it("names file, line and column of a syntax error", async () => {
    const { frame, code } = await failure("unsupported", "syntax.ts");
    expect(code).toBe("LAC2004");
    expect(frame).toMatch(/^syntax\.ts:1:24\n1 \| export const broken/);
  });
});
