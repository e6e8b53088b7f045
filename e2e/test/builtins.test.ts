import { readFileSync } from "node:fs";
import { builtins } from "@laconic/node-compat";
import { expect, it } from "vitest";

const triple = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;
const engine = new URL(`../../packages/engine/dist/${triple}/engine.json`, import.meta.url);

it("calls exactly those built-ins native that the engine says it has", () => {
  const { modules } = JSON.parse(readFileSync(engine, "utf8")) as { modules: string[] };
  const native = builtins.filter(({ support }) => support === "native").map(({ name }) => name);
  expect(native.sort()).toEqual(modules.sort());
});
