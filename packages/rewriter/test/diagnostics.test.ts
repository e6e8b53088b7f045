import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { codeFrame, positionOf, RULES } from "../src/index.js";
import { diagnosticsPage } from "../src/diagnostics-page.js";

const here = fileURLToPath(new URL("..", import.meta.url));

describe("docs/diagnostics.md", () => {
  it("is what the table says; `node tools/diagnostics-page.mjs` after a build writes it", () => {
    expect(readFileSync(join(here, "docs/diagnostics.md"), "utf8")).toBe(diagnosticsPage());
  });
});

describe("the table", () => {
  it("holds codes of this package's band only, and every one is used", () => {
    const source = readdirSync(join(here, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith("rules.ts"))
      .map((name) => readFileSync(join(here, "src", name), "utf8"))
      .join("\n");
    const unused = Object.keys(RULES).filter((code) => !source.includes(`"${code}"`));
    expect(Object.keys(RULES).every((code) => /^LAC1\d{3}$/.test(code))).toBe(true);
    expect(unused).toEqual([]);
  });
});

describe("codeFrame", () => {
  it("keeps tabs, so that the carets stand under what they mean", () => {
    expect(codeFrame("a\n\t\tbad()\nc\n", { start: 4, end: 9 })).toBe(
      ["  1 | a", "> 2 | \t\tbad()", "    | \t\t^^^^^", "  3 | c", "  4 |"].join("\n"),
    );
  });

  it("counts CRLF as one line end and a byte order mark as nothing", () => {
    expect(positionOf("\uFEFFab\r\ncd", 2)).toEqual({ line: 1, column: 2 });
    expect(positionOf("\uFEFFab\r\ncd", 6)).toEqual({ line: 2, column: 2 });
  });
});
