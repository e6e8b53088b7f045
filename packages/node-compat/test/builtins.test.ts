import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { builtins, findBuiltin } from "../src/index.js";

describe("the table of built-ins", () => {
  it("has a row for every public built-in of this Node", () => {
    const names = builtinModules
      .filter((name) => !name.startsWith("_"))
      .map((name) => name.replace("node:", ""));
    expect(names.filter((name) => !findBuiltin(`node:${name}`))).toEqual([]);
  });

  it("says why and what else for everything unsupported", () => {
    const bare = builtins.filter(
      ({ support, reason, wayOut }) => support === "unsupported" && !(reason && wayOut),
    );
    expect(bare).toEqual([]);
  });

  it("ships a file for every overlay and polyfill", () => {
    const shipped = builtins.filter(({ support }) => support === "overlay" || support === "polyfill");
    const files = shipped.map(({ name }) => fileURLToPath(new URL(`../modules/${name}.ts`, import.meta.url)));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("lists each built-in once", () => {
    const names = builtins.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it("finds a built-in with and without the prefix", () => {
    expect(findBuiltin("fs")).toBe(findBuiltin("node:fs"));
  });

  it("leaves names that are built-ins only with the prefix to npm", () => {
    expect(findBuiltin("test")).toBeUndefined();
    expect(findBuiltin("node:test")?.support).toBe("unsupported");
  });

  it("does not know packages and files", () => {
    expect(findBuiltin("hono")).toBeUndefined();
    expect(findBuiltin("./fs")).toBeUndefined();
  });
});
