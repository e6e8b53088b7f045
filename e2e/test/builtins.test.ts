import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  builtins,
  bundle,
  nodeExports,
  nodeGlobals,
  unsupportedGlobals,
  type Builtin,
} from "@laconic/node-compat";
import { beforeAll, describe, expect, it } from "vitest";
import { engineFolder, evaluate } from "./engine.js";
import { scratchApp } from "./laconic.js";

const { modules: engineModules } = JSON.parse(readFileSync(join(engineFolder, "engine.json"), "utf8")) as {
  modules: string[];
};

const supported = builtins.filter(({ support }) => support !== "unsupported");
const isNative = ({ support }: Builtin): boolean => support === "native";

/** What an import by name finds, and what is on the value that `require` gives. */
interface Exports {
  readonly named: readonly string[];
  readonly required: readonly string[];
}

/** Asks a module for its exports; objects have members that no enumeration tells, so each name of Node's is asked for. */
function asking(specifiers: readonly (readonly [name: string, specifier: string])[]): string {
  const imports = specifiers.map(
    ([, specifier], index) => `import * as m${index} from ${JSON.stringify(specifier)};`,
  );
  const asked = specifiers.map(
    ([name], index) => `${JSON.stringify(name)}: exportsOf(m${index}, ${JSON.stringify(nodeExports[name])}),`,
  );
  return `${imports.join("\n")}
function exportsOf(namespace, names) {
  const required = Object(namespace.default ?? namespace);
  return { named: names.filter((name) => name in namespace), required: names.filter((name) => name in required) };
}
export const answer = () => ({ ${asked.join("\n")} });`;
}

/** The engine's own are imported as they are: what the bundler puts before them would only say what the table says. */
async function exportsOfNative(): Promise<Record<string, Exports>> {
  const own = supported.filter(isNative).map(({ name }) => [name, `node:${name}`] as const);
  return (await evaluate(asking(own))) as Record<string, Exports>;
}

async function exportsOfShipped(): Promise<Record<string, Exports>> {
  const shipped = supported.filter((builtin) => !isNative(builtin));
  const source = asking(shipped.map(({ name }) => [name, `node:${name}`] as const));
  const app = await scratchApp({ "app.js": source });
  try {
    const { code } = await bundle({
      entry: app.file("app.js"),
      root: app.folder,
      outfile: app.file("out.mjs"),
    });
    return (await evaluate(code)) as Record<string, Exports>;
  } finally {
    await app.remove();
  }
}

describe("the table of built-ins and the engine", () => {
  let real: Record<string, Exports>;

  beforeAll(async () => {
    real = { ...(await exportsOfNative()), ...(await exportsOfShipped()) };
  });

  it("agree on which built-ins come from the engine", () => {
    const taken = supported.filter(({ support }) => support === "native").map(({ name }) => name);
    expect(taken.filter((name) => !engineModules.includes(name))).toEqual([]);
    const refused = builtins.filter(
      ({ name, support }) => support === "unsupported" && engineModules.includes(name),
    );
    expect(refused).toEqual([]);
  });

  it.each(supported)(
    "$name has each export that is not listed as unsupported",
    ({ name, exports: rows = {} }) => {
      const claimed = nodeExports[name]!.filter((one) => rows[one]?.support !== "unsupported");
      expect({
        "not there by name": claimed.filter((one) => !real[name]!.named.includes(one)),
        "not there on require": claimed.filter((one) => !real[name]!.required.includes(one)),
      }).toEqual({ "not there by name": [], "not there on require": [] });
    },
  );

  it.each(supported.filter(isNative))("$name has none that is", ({ name, exports: rows = {} }) => {
    const refused = real[name]!.named.filter((one) => rows[one]?.support === "unsupported");
    expect(refused).toEqual([]);
  });
});

describe("the table of globals and the engine", () => {
  it("agree, whether a global is named or a member of the global object", async () => {
    const asked = nodeGlobals.map(
      (name) => `"${name}": [typeof ${name} !== "undefined", "${name}" in globalThis],`,
    );
    const app = await scratchApp({ "app.js": `export const answer = () => ({ ${asked.join("\n")} });` });
    const { code } = await bundle({
      entry: app.file("app.js"),
      root: app.folder,
      outfile: app.file("out.mjs"),
    }).finally(app.remove);
    const there = (await evaluate(code)) as Record<string, [isNamed: boolean, isMember: boolean]>;
    const unsupported = Object.keys(unsupportedGlobals).sort();
    expect(nodeGlobals.filter((name) => !there[name]![0] && name !== "undefined")).toEqual(unsupported);
    expect(nodeGlobals.filter((name) => !there[name]![1])).toEqual(unsupported);
  });
});
