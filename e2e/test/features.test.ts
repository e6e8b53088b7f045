import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Manifest } from "@laconic/orchestrator";
import { build, laconic, scratchApp } from "./laconic.js";

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});

const IMPORT = 'import { lambda, main } from "@laconic/runtime/library";\n';

/** An app of one function `it`, whose body and imports are given. */
async function app(body: string, imports = "") {
  const text = `${imports}${IMPORT}main("Features", "", [lambda("it", async (event) => { ${body} })]);\n`;
  const made = await scratchApp({ "app.ts": text });
  removals.push(made.remove);
  return made.file("app.ts");
}

async function answer(entry: string, event = "{}"): Promise<unknown> {
  const { stdout, stderr } = await laconic(["invoke", entry, "it", event, "--no-build", "--json"]);
  const { invocations } = JSON.parse(stdout) as { invocations: readonly { readonly payload: unknown }[] };
  return invocations[0]?.payload ?? stderr;
}

const features = async (entry: string, ...args: string[]) => (await build(entry, ...args)).engine.features;

describe("the engine's features in a library", () => {
  it("are those that the app names, and work there", async () => {
    const entry = await app(
      "return [gzipSync('a').length > 0, new Date(0).toLocaleString('en-US', { timeZone: 'Asia/Tokyo' }).split(', ')[1]]",
      'import { gzipSync } from "node:zlib";\n',
    );
    const linked = await features(entry);
    expect(linked).toEqual(expect.arrayContaining(["intl", "zlib"]));
    expect(linked).not.toContain("sockets");
    expect(await answer(entry)).toEqual([true, "9:00:00 AM"]);
  });

  it("make the difference in the library's size", async () => {
    const [none, every] = [
      await build(await app("return 1")),
      await build(await app("return 1"), "--engine-features", "all"),
    ];
    const size = ({ artifacts }: Manifest) => artifacts["app.lambda.so"]!.bytes;
    expect(size(none)).toBeLessThan(size(every) / 2);
  });

  it("are all there when the app makes code at run time, and the build says where", async () => {
    const entry = await app("return new Function('return ' + event.code)()");
    const { stderr } = await laconic(["build", entry]);
    expect(stderr).toMatch(/app\.ts:2:\d+: Function of code made at run time/);
    const { engine } = JSON.parse(
      await readFile(join(entry, "../.laconic/manifest.json"), "utf8"),
    ) as Required<Manifest>;
    expect(engine.features).toEqual(expect.arrayContaining(["sockets", "intl", "zlib"]));
    expect(await answer(entry, '{"code":"typeof fetch"}')).toBe("function");
  });

  it.each([
    ["through a variable", "const root: any = globalThis; return typeof root[event.name]"],
    ["through a function", "const root = (() => globalThis as any)(); return typeof root[event.name]"],
    ["by reflection", "return typeof Reflect.get(globalThis, event.name)"],
    ["by indirect eval", "return (0, eval)('typeof ' + event.name)"],
    ["by node:vm", "return runInThisContext('typeof ' + event.name)"],
  ])("are there for an app that comes to them %s", async (_, body) => {
    const entry = await app(
      body,
      'import { runInThisContext } from "node:vm";\nexport const it = runInThisContext;\n',
    );
    const { engine } = await build(entry);
    expect(engine.widened[0]?.features).toContain("child_process");
    expect(await answer(entry, '{"name":"Intl"}')).toBe("object");
    expect(await answer(entry, '{"name":"fetch"}')).toBe("function");
  });

  it.each([
    ["a constant list", "return (['Intl', 'navigator'] as const).map((name) => typeof globalThis[name])"],
    [
      "a passed object",
      "return Object.values({ ...(globalThis as any) }).length && [typeof Intl, typeof navigator]",
    ],
  ])("are there by their names in %s, and no others", async (_, body) => {
    const entry = await app(body);
    const { engine } = await build(entry);
    expect(engine.features).not.toContain("child_process");
    expect(await answer(entry)).toEqual(["object", "object"]);
  });

  it("are not linked for the ways in which our own modules and Express come to the global object", async () => {
    const entry = await app(
      "express.response.json.length; return typeof http.Agent",
      'import express from "express";\nimport http from "node:http";\n',
    );
    const { engine } = await build(entry);
    expect(engine.widened).toEqual([]);
    for (const feature of ["intl", "webcrypto", "dgram", "child_process"]) {
      expect(engine.features).not.toContain(feature);
    }
    expect(await answer(entry)).toBe("function");
  });

  it("that a package's generated code may name are told with the package's place", async () => {
    const made = await scratchApp({
      "node_modules/maker/package.json": '{ "name": "maker", "main": "index.js" }',
      "node_modules/maker/index.js":
        "module.exports = (body) => Function(body)();\nmodule.exports.body = 'return typeof navigator';\n",
      "app.ts": `import make from "maker";\n${IMPORT}main("Features", "", [lambda("it", async () => make(make.body))]);\n`,
    });
    removals.push(made.remove);
    const entry = made.file("app.ts");
    const { stderr } = await laconic(["build", entry]);
    expect(stderr).toMatch(
      /! maker, .*node_modules\/maker\/index\.js:1:\d+: Function of code made at run time/,
    );
    const { engine } = JSON.parse(
      await readFile(join(entry, "../.laconic/manifest.json"), "utf8"),
    ) as Required<Manifest>;
    expect(engine.widened).toMatchObject([{ package: "maker", features: ["navigator"] }]);
    expect(await answer(entry)).toBe("object");
  });

  it("can be named, and then there is nothing to warn of", async () => {
    const entry = await app("return new Function('return ' + event.code)()");
    const { stderr } = await laconic(["build", entry, "--engine-features", "url"]);
    const { engine } = JSON.parse(
      await readFile(join(entry, "../.laconic/manifest.json"), "utf8"),
    ) as Required<Manifest>;
    expect(engine.features).toContain("url");
    expect(engine.features).not.toContain("keys");
    expect(stderr).not.toContain("made at run time");
    expect(await answer(entry, '{"code":"[typeof URL, typeof navigator]"}')).toEqual([
      "function",
      "undefined",
    ]);
  });

  it("that the engine does not have are refused", async () => {
    const { exitCode, stderr } = await laconic(["build", await app("return 1"), "--engine-features", "tls2"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('LAC5009 The engine has no feature "tls2"');
  });
});
