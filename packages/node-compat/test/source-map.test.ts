import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle, symbolicate, traceMap } from "../src/index.js";

const root = fileURLToPath(new URL("fixtures/supported", import.meta.url));
const outfile = `${root}/.laconic/app.mjs`;

async function bundled() {
  const { code, map } = await bundle({ entry: `${root}/app.ts`, root, outfile });
  return { code, map: traceMap(map, { outfile, root }) };
}

/** Line and column, from 1, of a text in the bundle. */
function placeOf(code: string, text: string): string {
  const before = code.slice(0, code.lastIndexOf(text)).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

describe("the map for stack traces", () => {
  it("names sources relative to the project, and holds no source text", async () => {
    const { map } = await bundled();
    const parsed = JSON.parse(map) as Record<string, unknown> & { sources: string[] };
    expect(parsed.sources).toContain("app.ts");
    expect(parsed).not.toHaveProperty("sourcesContent");
  });

  it("leads from the bundle to the author's line in any text", async () => {
    const { code, map } = await bundled();
    const place = placeOf(code, '"read.example"');
    const log = `{"stackTrace":["at read (app.lambda.mjs:${place})","at native"]}`;
    expect(symbolicate(log, map, "app.lambda.mjs")).toMatch(/"at read \(app\.ts:\d+:\d+\)","at native"/);
  });

  it("leaves what it does not know as it is", async () => {
    const { map } = await bundled();
    const text = "at a (app.lambda.mjs:99999:1) at b (my.app.lambda.mjs:1:1) at c (app.lambda.mjs)";
    expect(symbolicate(text, map, "app.lambda.mjs")).toBe(text);
  });
});
