import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle, type BundleOptions, findReach } from "../src/index.js";
import { builtins } from "../src/builtins.js";

const root = fileURLToPath(new URL("fixtures/supported", import.meta.url));

/** The shipped modules under `web/` that an app of this text brings along. */
async function webModules(source: string, rest: Partial<BundleOptions> = {}): Promise<string[]> {
  const { inputs } = await bundle({
    ...rest,
    entry: join(root, "app.ts"),
    root,
    outfile: join(root, ".laconic", "app.mjs"),
    source,
  });
  return inputs.flatMap(({ path }) => /\/modules\/web\/(.+)\.js$/.exec(path)?.[1] ?? []).sort();
}

describe("the globals of the web platform that ship as JavaScript", () => {
  it.each([
    ["a method of that name", "export default { fetch: (it: { Response: 1 }) => it.Response };"],
    ["a text or a comment", "export default 'fetch(new Request())'; // Response"],
    [
      "a variable of the app's own",
      "const Response = 1; export default (fetch: number) => fetch + Response;",
    ],
  ])("stay away for %s", async (_, source) => {
    expect(await webModules(source)).toEqual([]);
  });

  it.each([
    ["its name", "export default () => new Headers();"],
    ["a member of the global object", "export default () => globalThis.Headers;"],
    [
      "a name in the text, when the global object is passed on",
      "const root = globalThis as { Headers?: 1 }; export default root.Headers;",
    ],
  ])("come along for %s", async (_, source) => {
    expect(await webModules(source)).toEqual(["header-rules", "headers"]);
  });

  it("all come along for an app that makes code at run time", async () => {
    const modules = await webModules("export default (text: string) => new Function(text);");
    expect(modules).toEqual(expect.arrayContaining(["blob", "fetch", "form-data", "request", "response"]));
    const known = await webModules(
      "export default (text: string) => new Function('return new Headers(' + text);",
      { usesAreKnown: true },
    );
    expect(known).toEqual(["header-rules", "headers"]);
  });

  it("come along when the user names their group", async () => {
    const source = "export default (text: string) => new Function(text);";
    const named = await webModules(source, { usesAreKnown: true, uses: ["abort", "url"] });
    expect(named).toEqual(expect.arrayContaining(["abort", "event-target", "url", "url-search-params"]));
    expect(named).not.toContain("fetch");
    expect(await webModules(source, { usesAreKnown: true, uses: ["all"] })).toContain("fetch");
  });
});

describe("the shipped modules", () => {
  it("never leave open what of the engine they use", async () => {
    const names = builtins.filter(({ support }) => support !== "unsupported").map(({ name }) => name);
    const source = names.map((name) => `export * as ${name.replaceAll(/\W/g, "_")} from "node:${name}";`);
    const { code, map, inputs, globals } = await bundle({
      entry: join(root, "app.ts"),
      root,
      outfile: join(root, ".laconic", "app.mjs"),
      source: source.join("\n"),
    });
    expect(names.length).toBeGreaterThan(30);
    const reach = findReach({ code, map, inputs: inputs.map(({ path }) => path), provided: globals });
    const places = reach.doubts.map(({ place }) => place);
    expect(places.filter((place) => !place.includes("/vm.js:"))).toEqual([]);
    // What is given to node:vm may be anything.
    expect(reach.unknowable.map(({ place }) => place)).toEqual(places);
  });

  it("stand in for the engine's globals that the app names", async () => {
    const { code, map, inputs, globals } = await bundle({
      entry: join(root, "app.ts"),
      root,
      outfile: join(root, ".laconic", "app.mjs"),
      source: "const root = globalThis as { crypto?: object }; export default [root.crypto, navigator];",
    });
    const { globals: asked } = findReach({
      code,
      map,
      inputs: inputs.map(({ path }) => path),
      provided: globals,
    });
    expect(asked).not.toContain("crypto");
    expect(asked).toContain("navigator");
  });
});
