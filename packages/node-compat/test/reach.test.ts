import { describe, expect, it } from "vitest";
import { findReach, type Reach } from "../src/index.js";

/** What code reaches; every line of it comes from the start of the same line of one source file. */
function reach(code: string, source = "app.ts"): Reach {
  const mappings = code.split("\n").map((_, line) => (line === 0 ? "AAAA" : "AACA"));
  const map = { version: 3, sources: [source], names: [], mappings: mappings.join(";") };
  return findReach({ code, map: JSON.stringify(map) });
}

const globals = (code: string) => [...reach(code).globals].sort();

describe("the globals that a bundle reaches", () => {
  it("include those that a text of many megabytes names", () => {
    const code = `const root = globalThis; show(root, "${"a".repeat(2 ** 24)} fetch");`;
    expect(globals(code)).toContain("fetch");
  });

  it.each([
    ["a free identifier", "fetch('/')", ["fetch"]],
    ["only its typeof", "typeof fetch === 'function'", ["fetch"]],
    ["a class to extend", "class Mine extends EventTarget {}", ["EventTarget"]],
    ["a default value", "const f = ({ send = fetch }) => send", ["fetch"]],
    ["a shorthand property", "const it = { fetch }", ["fetch"]],
    ["a member of the global object", "globalThis.fetch('/')", ["fetch"]],
    ["a member in quotes", "globalThis['fetch']('/'); global[`URL`]", ["URL", "fetch"]],
    ["a member behind its other names", "globalThis.global.self.fetch", ["fetch"]],
    ["an optional member", "globalThis?.fetch?.('/')", ["fetch"]],
    ["a destructured member", "const { fetch: send, URL } = globalThis", ["URL", "fetch"]],
    ["a look whether it is there", "'fetch' in globalThis", ["fetch"]],
    ["what is changed", "globalThis.fetch ??= () => {}; globalThis.n++", ["fetch", "n"]],
    [
      "what reflection reads",
      "Reflect.get(globalThis, 'fetch'); Object.hasOwn(globalThis, 'URL')",
      ["Object", "Reflect", "URL", "fetch"],
    ],
    ["constant code", "new Function('a', 'return fetch(a)'); eval('URL')", ["URL", "fetch"]],
    ["a tagged template", "String.raw`${URL}`", ["String", "URL"]],
  ])("include %s", (_, code, expected) => {
    expect(globals(code)).toEqual(expected);
  });

  it.each([
    ["a name that the code declares", "const fetch = () => {}; fetch()"],
    ["a parameter", "export default (fetch) => fetch()"],
    ["a hoisted function", "fetch(); function fetch() {}"],
    ["a catch binding", "try {} catch (fetch) { fetch }"],
    ["an import", "import { fetch } from 'node:fs'; fetch()"],
    ["another object's member", "export const go = (app) => app.fetch"],
    ["a property's name", "export const it = { fetch: 1, URL() {} }"],
    [
      "what is only written",
      "globalThis.fetch = () => {}; Object.defineProperty(globalThis, 'URL', {}); globalThis[name] = 1",
    ],
    ["a label", "fetch: for (;;) break fetch"],
    ["text", "export const it = 'fetch(1)' + `URL` + /crypto/"],
    ["a comment", "/* fetch() */ // globalThis.fetch"],
    ["code that does not parse", "export const it = () => eval('fetch(')"],
  ])("do not include %s", (_, code) => {
    expect(globals(code)).not.toEqual(expect.arrayContaining(["fetch"]));
    expect(globals(code)).not.toEqual(expect.arrayContaining(["URL"]));
  });

  it.each([
    ["is assigned", "const root = globalThis; root.fetch"],
    ["is passed on", "((root) => root.fetch)(typeof globalThis === 'object' ? globalThis : {})"],
    ["is spread", "const all = { ...globalThis }; all.fetch"],
    ["is destructured with the rest", "const { a, ...rest } = globalThis; rest.fetch"],
    ["is looked into by a computed name", "Reflect.get(globalThis, 'fet' + ch); const it = 'fetch'"],
    ["is assigned from", "const root = Object.assign({}, globalThis); root.fetch"],
    ["is what constant code returns", "const root = Function('return this')(); root.fetch"],
    ["is destructured by a caller", "const { fetch } = (() => globalThis)()"],
  ])("include every name in the text when the global object %s", (_, code) => {
    expect(globals(code)).toContain("fetch");
    expect(globals(code)).not.toContain("crypto");
  });
});

describe("the modules that a bundle reaches", () => {
  it("are those it imports, without their prefix", () => {
    const code = `import zlib from "node:zlib"; export * from "engine:fs"; export { a } from "laconic:sockets";
      const net = () => import("net"); const text = 'import "node:tls"';`;
    expect([...reach(code).modules].sort()).toEqual(["fs", "laconic:sockets", "net", "zlib"]);
  });
});

describe("the properties that a bundle reaches", () => {
  it("are those it reads by name from anything", () => {
    const code = "export default (it) => [it.toLocaleString(), it['a'], (({ b }) => b)(it)]";
    expect([...reach(code).properties]).toEqual(expect.arrayContaining(["toLocaleString", "a", "b"]));
  });
});

describe("code that is made at run time", () => {
  const made = [
    ["eval", "export default (it) => eval(it)"],
    ["indirect eval", "export default (it) => (0, eval)(it)"],
    ["eval of the global object", "export default (it) => globalThis.eval(it)"],
    ["Function", "export default (it) => new Function('a', it)"],
    ["Function under another name", "const Make = Function; export default (it) => Make(it)"],
    ["the constructor of functions", "export default (it) => (() => {}).constructor(it)()"],
    [
      "the constructor of async functions",
      "const Async = Object.getPrototypeOf(async () => {}).constructor; export default (it) => Async(it)",
    ],
    ["a computed global", "export default (it) => globalThis[it]"],
    ["a computed import", "export default (it) => import(it)"],
  ] as const;

  it.each(made)("in the app is reported with its place: %s", (_, code) => {
    expect(reach(`\n\n${code}`, "src/app.ts").unknowable).toMatchObject([
      { place: expect.stringMatching(/^src\/app\.ts:3:\d+$/) },
    ]);
  });

  it.each(made)("in a package may use what the bundle names: %s", (_, code) => {
    const found = reach(
      `${code}\nexport const texts = ["return fetch(a)", "fetch"];`,
      "../node_modules/it/index.js",
    );
    expect(found.unknowable).toEqual([]);
    expect(found.globals).toContain("fetch");
    expect(found.globals).not.toContain("crypto");
  });

  it.each([
    ["a check", "export default (it) => it instanceof Function || typeof eval"],
    ["a prototype", "Function.prototype.toString.call(1)"],
    ["an own function of that name", "const Function = (it) => it; Function(a)"],
    ["a method of that name", "export default (it) => it.eval(it)"],
    ["an instance's constructor", "export default (it) => new it.constructor(it)"],
  ])("is not %s", (_, code) => {
    expect(reach(code).unknowable).toEqual([]);
  });
});
