import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { differences, resolvedInBundle } from "./compare.js";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");

type Manifest = Partial<Record<"dependencies" | "devDependencies", Record<string, string>>>;

function dependenciesOf(folder: string): string[] {
  const text = readFileSync(join(root, folder, "package.json"), "utf8");
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Manifest;
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith("@types/"));
}

it("every module of the packages that the conformance apps use is resolved as in Node", async () => {
  const names = dependenciesOf("e2e/conformance").filter((name) => !name.startsWith("@laconic/"));
  const source = names.flatMap((name) => [`import "${name}";`, `require("${name}");`]).join("\n");
  const entry = join(root, "e2e/conformance/every-package.mjs");
  const resolutions = await resolvedInBundle(root, entry, source);
  expect(differences(root, resolutions)).toEqual([]);
  for (const name of names) expect(resolutions.some(({ specifier }) => specifier === name)).toBe(true);
}, 300_000);
