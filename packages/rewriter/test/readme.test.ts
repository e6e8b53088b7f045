import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));
const examples = [...readFileSync(`${here}README.md`, "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code]) => code!,
);

describe("the README's examples", () => {
  it("compile", () => {
    expect(examples.length).toBeGreaterThan(2);
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ["node"],
      paths: {
        "@laconic/rewriter": [`${here}src/index.ts`],
        "@laconic/rewriter/file": [`${here}src/file.ts`],
      },
    };
    const host = ts.createCompilerHost(options);
    const names = examples.map((_, index) => `${here}test/example-${index}.ts`);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (name) => names.includes(name) || fileExists(name);
    host.getSourceFile = (name, version) => {
      const code = examples[names.indexOf(name)];
      return code === undefined
        ? getSourceFile(name, version)
        : ts.createSourceFile(name, code, version, true);
    };
    const program = ts.createProgram(names, options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file && names.includes(file.fileName));
    expect(problems.map(({ messageText }) => messageText)).toEqual([]);
  });
});
