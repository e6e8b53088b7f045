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
    ["is assigned from", "const root = Object.assign({}, globalThis); root.fetch"],
    ["is kept in an object", "const it = { root: globalThis }; it.root.fetch"],
    ["is yielded", "function* all() { yield globalThis } const [root] = all(); root.fetch"],
    ["is given to what may be anything", "export default (take) => take(globalThis, 'fetch')"],
    ["is given with others", "const it = (...all) => all[0].fetch; it(globalThis)"],
    [
      "is given to a function that reads its arguments",
      "function it() { return arguments[0].fetch } it(globalThis)",
    ],
    ["is given to an instance", "class It { constructor(root) { root.fetch } } new It(globalThis)"],
    ["is given to a function that is exported", "export const get = () => globalThis; const it = 'fetch'"],
    ["is asked for all that it holds", "Object.values(globalThis); const it = 'fetch'"],
    ["is asked for its names", "Object.keys(globalThis).includes('fetch')"],
    ["is walked over", "for (const name in globalThis) if (name === 'fetch') go()"],
  ])("include every name in the text when the global object %s", (_, code) => {
    expect(globals(code)).toContain("fetch");
    expect(globals(code)).not.toContain("crypto");
  });
});

/** Ways by which programs and packages come to the global object, with the names that each reads there. */
const FOLLOWED = [
  ["a variable", "const root = globalThis; root.fetch(root.URL)"],
  [
    "a variable that is assigned later",
    "let root; root = globalThis; export default () => [root.fetch, root['URL']]",
  ],
  [
    "a choice",
    "const root = typeof globalThis === 'object' ? globalThis : self || window; root.fetch(root.URL)",
  ],
  ["a variable of the same in turn", "const a = globalThis, b = a; b.fetch(b.self.URL)"],
  ["a parameter", "((root) => root.fetch(root.URL))(globalThis)"],
  ["a parameter with a default", "const it = (root = globalThis) => [root.fetch, root.URL]; it()"],
  ["a pattern as parameter", "(({ fetch, URL }) => [fetch, URL])(globalThis)"],
  ["a function's this", "(function () { this.fetch(this.URL) }).call(globalThis)"],
  [
    "a module wrapper",
    "(function (root, make) { root.It = make(root) })(globalThis, (root) => [root.fetch, root.URL])",
  ],
  ["what a function gives", "function it() { return globalThis } it().fetch(it().URL)"],
  [
    "what a function gives back",
    "const it = (root) => root && root.Math === Math && root; const g = it(globalThis); g.fetch(g.URL)",
  ],
  ["constant code", "const root = Function('return this')(); root.fetch(root.URL)"],
  ["constant code that is evaluated", "const root = (0, eval)('this'); root.fetch(root.URL)"],
  ["a name under which it holds itself", "globalThis.window = globalThis; window.fetch(self.URL)"],
  [
    "a CommonJS module",
    `var require_root = __commonJS({ "root.js"(exports, module) { var root = globalThis; module.exports = root } });
     var root = require_root(), { URL } = require_root(); root.fetch()`,
  ],
  [
    "a namespace",
    'var require_a = __commonJS({ "a"(exports, module) { module.exports = globalThis } }); var it = __toESM(require_a()); it.default.fetch(it.URL)',
  ],
  [
    "the name that a helper keeps",
    'var it = /* @__PURE__ */ __name(() => globalThis, "it"); __name(it, "it"); it().fetch(it().URL)',
  ],
  ["a constant", "const name = 'fetch', other = 'U' + 'RL'; globalThis[name](globalThis[other])"],
  ["a constant list", "for (const name of ['fetch', 'URL']) globalThis[name]"],
  [
    "a constant list that is called for",
    "['fetch', 'URL'].forEach((name) => { delete globalThis[name]; globalThis[name] })",
  ],
  [
    "a list in a variable",
    "const names = Object.freeze(['fetch', 'URL']); names.map((name) => globalThis[name])",
  ],
  [
    "a list by its index",
    "const names = ['fetch', 'URL']; for (let i = 0; i < names.length; i++) globalThis[names[i]]",
  ],
  ["a split text", "'fetch URL'.split(' ').forEach((name) => globalThis[name])"],
  ["a table's names", "const table = { fetch: 1, URL: 2 }; for (const name in table) globalThis[name]"],
  [
    "a table's values",
    "const table = { a: 'fetch', b: 'URL' }; export default (it) => globalThis[table[it]]",
  ],
  ["an argument", "const get = (name) => globalThis[name]; get('fetch'); get('URL')"],
  [
    "a look whether it has them",
    "const has = (name) => name in globalThis; has('fetch') || globalThis.hasOwnProperty('URL')",
  ],
  ["one name or another", "export default (it) => globalThis[it ? 'fetch' : 'URL']"],
] as const;

describe("the global object is followed", () => {
  it.each(FOLLOWED)("through %s", (_, code) => {
    const found = reach(`${code}; const more = { crypto: 'crypto' };`);
    expect(found.globals).toContain("fetch");
    expect(found.globals).toContain("URL");
    expect(found.globals).not.toContain("crypto");
    expect(found.doubts).toEqual([]);
  });

  it.each([
    ["a symbol", "const key = Symbol.for('fetch'); globalThis[key] ??= {}; globalThis[Symbol('URL')]"],
    [
      "a symbol that is made later",
      "var key; export const init = () => { key = Symbol.for('fetch') }; globalThis[key]",
    ],
    ["being bound to", "setTimeout.bind(globalThis); Object.freeze(globalThis); Object.is(a, globalThis)"],
    ["being compared", "a === globalThis || globalThis instanceof Object"],
  ])("and nothing is read of it by %s", (_, code) => {
    const found = reach(`${code}; const it = ["fetch", "URL"];`);
    expect(found.doubts).toEqual([]);
    expect(found.globals).not.toContain("fetch");
    expect(found.globals).not.toContain("URL");
  });
});

describe("the modules that a bundle reaches", () => {
  it("are those it imports, without their prefix", () => {
    const code = `import zlib from "node:zlib"; export * from "node:fs"; export { a } from "laconic:sockets";
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
    ["a computed global of a variable", "const root = globalThis; export default (it) => root[it]"],
    ["a computed global by reflection", "export default (it) => Reflect.get(globalThis, it)"],
    ["a computed global that is only looked for", "export default (it) => it in globalThis"],
    [
      "a list that is added to",
      "const names = ['fetch']; export const add = (it) => names.push(it); names.map((n) => globalThis[n])",
    ],
    [
      "a list that goes elsewhere",
      "const names = ['fetch']; export default (it) => it(names); names.map((n) => globalThis[n])",
    ],
    [
      "a table that is changed",
      "const names = { a: 'fetch' }; export default (it) => { names.b = it; return globalThis[names.b] }",
    ],
    [
      "a variable that is assigned to",
      "let name = 'fetch'; export default (it) => { name = it; return globalThis[name] }",
    ],
    [
      "a parameter of a function that is exported",
      "export const get = (name) => globalThis[name]; get('fetch')",
    ],
    [
      "a parameter that is spread",
      "const get = (name) => globalThis[name]; export default (it) => get(...it)",
    ],
    ["Function that is applied", "export default (it) => Function.apply(null, it)"],
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

  it("in a package is reported with its name and place", () => {
    const found = reach("export default (it) => eval(it)", "../node_modules/@of/it/lib/index.js");
    expect(found.doubts).toMatchObject([
      {
        package: "@of/it",
        place: "../node_modules/@of/it/lib/index.js:1:1",
        what: "eval of code made at run time",
      },
    ]);
  });

  it.each([
    ["a member of something else", "return vnd.crypto-shade-file", false],
    ["a member of the global object", "return globalThis.crypto.subtle", true],
    ["a member of what is put before it", ".crypto", true],
    ["a spread value", "return [...crypto]", true],
  ])("may use %s that a text names", (_, text, isUsed) => {
    const code = `export default (it) => eval(it); export const text = ${JSON.stringify(text)};`;
    expect(reach(code, "node_modules/it/index.js").globals.has("crypto")).toBe(isUsed);
  });

  it("may not use what a module's name says", () => {
    const code = 'import "node:crypto"; export default (it) => eval(it); import("node:fetch")';
    const { globals: found } = reach(code, "node_modules/it/index.js");
    expect(found).not.toContain("crypto");
    expect(found).not.toContain("fetch");
  });

  it.each([
    ["a check", "export default (it) => it instanceof Function || typeof eval"],
    ["a prototype", "Function.prototype.toString.call(1)"],
    [
      "a method of functions that is applied to another",
      "Function.call.bind(Object.prototype.hasOwnProperty)",
    ],
    [
      "a constructor to compare with",
      "const Async = (async () => {}).constructor; export default (it) => it instanceof Async",
    ],
    ["an own function of that name", "const Function = (it) => it; Function(a)"],
    ["a method of that name", "export default (it) => it.eval(it)"],
    ["an instance's constructor", "export default (it) => new it.constructor(it)"],
  ])("is not %s", (_, code) => {
    expect(reach(code).unknowable).toEqual([]);
  });
});
