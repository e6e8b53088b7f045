import { readFileSync } from "node:fs";
import { builtins } from "@laconic/node-compat";
import { expect, it } from "vitest";

const triple = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;
const engine = new URL(`../../packages/engine/dist/${triple}/engine.json`, import.meta.url);

it("takes from the engine only what the engine says it has", () => {
  const { modules } = JSON.parse(readFileSync(engine, "utf8")) as { modules: string[] };
  const taken = builtins.filter(({ support }) => support === "native" || support === "overlay");
  expect(taken.map(({ name }) => name).filter((name) => !modules.includes(name))).toEqual([]);
});

it("leaves nothing unsupported that the engine has", () => {
  const { modules } = JSON.parse(readFileSync(engine, "utf8")) as { modules: string[] };
  const refused = builtins.filter(({ name, support }) => support === "unsupported" && modules.includes(name));
  expect(refused).toEqual([]);
});
