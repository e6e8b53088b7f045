import { SourceMapConsumer } from "source-map-js";
import { describe, expect, it } from "vitest";
import { rewrite } from "../src/index.js";

const text = `import { main as laconicMain, lambda } from "@laconic/runtime/library";

const fail = lambda("fail", () => {
  throw new Error("here");
});

async function main() {
  await laconicMain("Service", "described", [fail]);
}

if (import.meta.main) main();
`;

describe("the source map", () => {
  const result = rewrite({ path: "src/app.ts", text });
  const consumer = new SourceMapConsumer({ ...result.map, version: "3" } as never);

  it.each(["throw new Error", "await laconicMain", "import.meta.main", 'lambda("fail"'])(
    "leads from %s to the user's line and column",
    (needle) => {
      const at = (whole: string): { line: number; column: number } => {
        const before = whole.slice(0, whole.indexOf(needle)).split("\n");
        return { line: before.length, column: before.at(-1)!.length };
      };
      expect(consumer.originalPositionFor(at(result.text))).toMatchObject({
        source: "src/app.ts",
        ...at(text),
      });
    },
  );

  it("carries the user's source", () => {
    expect(consumer.sourceContentFor("src/app.ts")).toBe(text);
  });
});
