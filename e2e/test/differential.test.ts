import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "@laconic/node-compat";
import { describe, expect, it } from "vitest";
import { evaluate } from "./engine.js";
import { scratchApp } from "./laconic.js";

const folder = fileURLToPath(new URL("../differential/", import.meta.url));
const names = readdirSync(`${folder}expected`).map((name) => basename(name, ".txt"));

/** One line a case: its name and what came of it. */
async function inEngine(name: string): Promise<string[]> {
  const source = `import { run } from ${JSON.stringify(`${folder}${name}.mjs`)};
const lines = [];
await run((name, ...results) => lines.push([name, ...results].join(" => ")));
export const answer = () => lines;`;
  const app = await scratchApp({ "app.js": source });
  try {
    const { code } = await bundle({
      entry: app.file("app.js"),
      root: app.folder,
      outfile: app.file("out.mjs"),
    });
    return (await evaluate(code)) as string[];
  } finally {
    await app.remove();
  }
}

describe("the library beside what Node 22 answered", () => {
  it.each(names)(
    "node:%s, case by case",
    async (name) => {
      const expected = readFileSync(`${folder}expected/${name}.txt`, "utf8").split("\n").slice(0, -1);
      const actual = (await inEngine(name)).flatMap((line) => line.split("\n"));
      expect(actual).toEqual(expected);
    },
    120_000,
  );
});
