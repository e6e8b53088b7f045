import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { LIBRARY, RUNTIME, rewrite } from "../src/index.js";

type Shape = (call: string) => string;

/** How the call of main() is reached; each line may be written with or without semicolons. */
const SHAPES: readonly Shape[] = [
  (call) => `${call};`,
  (call) => `await ${call};`,
  (call) => `function main() {\n  return ${call};\n}\nmain();`,
  (call) => `const main = async () => {\n  ${call};\n};\nmain().catch(console.error);`,
  (call) => `export default function main() {\n  ${call};\n}`,
  (call) => `export default async () => {\n  ${call};\n};`,
  (call) => `export async function main() {\n  await null;\n  ${call};\n}`,
  (call) => `class App {\n  static main() {\n    ${call};\n  }\n}\nApp.main();`,
  (call) => `(async () => {\n  ${call};\n})();`,
  (call) => `if (import.meta.main && process.env.X) {\n  ${call};\n}`,
  (call) => `const main = () => ${call};\nif (import.meta.url === process.argv[1]) main();\nexport { main };`,
  (call) => `namespace App {\n  export function main() {\n    ${call};\n  }\n}\nApp.main();`,
  (call) => `const program = { main() { ${call}; }, other: 1 };\nprogram.main();`,
];

const IMPORTS: readonly ((specifier: string) => [line: string, main: string])[] = [
  (name) => [`import { main as start, lambda } from "${name}";`, "start"],
  (name) => [`import * as laconic from "${name}";`, "laconic.main"],
  (name) => [`import laconic, { lambda as on } from "${name}";`, "laconic.main"],
  (name) => [`import laconic = require("${name}");`, "laconic.main"],
  (name) => [`const { main: start } = await import("${name}");`, "start"],
  (name) => [`import type { Logger } from "${name}";\nimport { main as start } from "${name}";`, "start"],
];

const NOISE: readonly string[] = [
  "",
  "// main() in a comment, and an unbalanced ) {",
  "/** a doc comment\n * @see main */",
  "const text = `main() ${1 + 1} \\` `;",
  "const init = 1;",
  "const Lambda = class {};",
  "function other(main: string) { return { main }; }",
  "type main2 = { main: number };",
  "const regexp = /main\\(\\)['\"]/g;",
  "label: for (const main of []) { void main; continue label; }",
  "\t  const   odd =[ 1,2 ,3 ]",
];

const app = (specifier: string) =>
  fc
    .record({
      shape: fc.constantFrom(...SHAPES),
      load: fc.constantFrom(...IMPORTS),
      before: fc.array(fc.constantFrom(...NOISE), { maxLength: 4 }),
      after: fc.array(fc.constantFrom(...NOISE.filter((line) => !line.startsWith("const"))), {
        maxLength: 3,
      }),
      quote: fc.constantFrom('"', "'"),
      semicolons: fc.boolean(),
      eol: fc.constantFrom("\n", "\r\n"),
      bom: fc.boolean(),
      shebang: fc.boolean(),
      finalNewline: fc.boolean(),
    })
    .map(({ shape, load, before, after, quote, semicolons, eol, bom, shebang, finalNewline }) => {
      const [line, main] = load(specifier);
      const call = `${main}("Service", "it's described", [])`;
      const lines = [
        ...(shebang ? ["#!/usr/bin/env node"] : []),
        line,
        ...new Set(before),
        shape(call),
        ...new Set(after),
      ];
      let text = lines.join("\n") + (finalNewline ? "\n" : "");
      text = text.replaceAll(`"${specifier}"`, quote + specifier + quote);
      if (!semicolons)
        text = text.replace(/;$/gm, (end, at: number) =>
          /^\s*[([`/+-]/.test(text.slice(at + 1)) ? end : "",
        );
      return (bom ? "\uFEFF" : "") + text.replaceAll("\n", eol);
    });

function syntaxErrors(text: string): string[] {
  const file = ts.createSourceFile("a.ts", text.replace(/^\uFEFF/, ""), ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: ts.Diagnostic[] };
  return parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const source = (text: string) => ({ path: "app.ts", text });

describe("library", () => {
  it("rewrites every shape, once", () => {
    fc.assert(
      fc.property(app(LIBRARY), (text) => {
        const once = rewrite(source(text));
        expect(once.diagnostics).toEqual([]);
        expect(once.changed).toBe(true);
        expect(syntaxErrors(once.text)).toEqual([]);
        const twice = rewrite(source(once.text));
        expect(twice.text).toBe(once.text);
        expect(twice.diagnostics).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("leaves every byte outside its edits", () => {
    fc.assert(
      fc.property(app(LIBRARY), (text) => {
        const { edits, text: result } = rewrite(source(text));
        let [from, rest] = [0, result];
        for (const { start, end, newText } of edits) {
          const kept = text.slice(from, start);
          expect(rest.startsWith(kept + newText)).toBe(true);
          rest = rest.slice(kept.length + newText.length);
          from = end;
        }
        expect(rest).toBe(text.slice(from));
      }),
    );
  });

  it("exports Lambda exactly once", () => {
    fc.assert(
      fc.property(app(LIBRARY), (text) => {
        const lines = rewrite(source(text)).text.match(/dispatch as Lambda|module\.exports\.Lambda =/g);
        expect(lines).toHaveLength(1);
      }),
    );
  });
});

describe("activate and deactivate", () => {
  it("are each other's inverse, to the byte", () => {
    fc.assert(
      fc.property(app(RUNTIME), (text) => {
        const active = rewrite(source(text), { transform: "activate" });
        expect(active.changed).toBe(true);
        expect(rewrite(source(active.text), { transform: "activate" }).changed).toBe(false);
        expect(rewrite(source(active.text), { transform: "deactivate" }).text).toBe(text);
        expect(rewrite(source(active.text)).changed).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("any text at all", () => {
  it("comes back with diagnostics, never with a throw", () => {
    const piece = fc.constantFrom(
      `import { main } from "${LIBRARY}";`,
      "main(",
      "exports.handler = ",
      "{",
      "}",
      "`",
      "(e, c, cb) =>",
      "\uFEFF",
      "<a/>",
      "\u2028",
      "class {",
      "cb(null)",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string())),
        fc.constantFrom("library", "activate", "deactivate", "adopt"),
        (parts, transform) => {
          const text = parts.join(" ");
          const result = rewrite(source(text), { transform });
          if (result.diagnostics.some(({ severity }) => severity === "error")) expect(result.text).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});
