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
    ) as Manifest;
    expect(engine.features).toEqual(expect.arrayContaining(["sockets", "intl", "zlib"]));
    expect(await answer(entry, '{"code":"typeof fetch"}')).toBe("function");
  });

  it("can be named, and then there is nothing to warn of", async () => {
    const entry = await app("return new Function('return ' + event.code)()");
    const { stderr } = await laconic(["build", entry, "--engine-features", "url"]);
    const { engine } = JSON.parse(
      await readFile(join(entry, "../.laconic/manifest.json"), "utf8"),
    ) as Manifest;
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
