import { describe, expect, it } from "vitest";
import { exportName, generateNodeShim, generateProxyShim, NodeShimError } from "../src/index.js";

const makers = [
  ["node", generateNodeShim],
  ["proxy", generateProxyShim],
] as const;

describe.each(makers)("the %s shim", (_, generate) => {
  const make = (...names: string[]) =>
    generate({ service: "Hello", bundleName: "app.node.mjs", functions: names.map((name) => ({ name })) });

  it("has one handler for each function, under a name that Lambda can be told", () => {
    expect(make("hello", "my-site", "1st", "then", "class").handlers).toEqual([
      { name: "hello", handler: "index.hello" },
      { name: "my-site", handler: "index.my_site" },
      { name: "1st", handler: "index._1st" },
      { name: "then", handler: "index.then_" },
      { name: "class", handler: "index.class" },
    ]);
  });

  it("gives the same bytes for the same input, and every file that one of its files imports", () => {
    const { files } = make("a", "b");
    expect(make("a", "b").files).toEqual(files);
    const paths = files.map(({ path }) => path);
    const imported = files.flatMap(({ text }) =>
      [...text.matchAll(/^import (?:.* from )?"\.\/(laconic[^"]+)"/gm)].map(([, path]) => path),
    );
    expect(paths).toEqual(expect.arrayContaining(imported));
  });

  it.each([
    ["LAC6201", ["a-b", "a.b"]],
    ["LAC6202", []],
  ])("refuses with %s the functions %j", (code, names) => {
    expect(() => make(...names)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
  });

  it("refuses a bundle that is not beside it", () => {
    const options = { service: "Hello", bundleName: "../app.mjs", functions: [{ name: "a" }] };
    expect(() => generate(options)).toThrow(NodeShimError);
  });
});

it("makes the app's program of the proxy executable, and nothing else", () => {
  const { files } = generateProxyShim({ service: "S", bundleName: "app.mjs", functions: [{ name: "a" }] });
  expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(["laconic-app.mjs"]);
});

it("keeps names that are identifiers already", () => {
  expect(["hello", "_x", "A1"].map(exportName)).toEqual(["hello", "_x", "A1"]);
});
