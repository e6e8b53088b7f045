import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The examples of a README, as files beside this test that exist only for the compiler. */
function examples(readme: string): Map<string, string> {
  const text = readFileSync(here(readme), "utf8");
  const fences = [...text.matchAll(/^```ts\n(.*?)^```$/gms)];
  return new Map(
    fences.map(([, code], index) => [here(`${readme.split("/").at(-2)}-example-${index}.mts`), code!]),
  );
}

function problems(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    module: ts.ModuleKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, code, languageVersion, true);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

it.each(["../README.md", "../../dispatcher/README.md"])("the examples of %s compile", (readme) => {
  const files = examples(readme);
  expect(files.size).toBeGreaterThan(0);
  expect(problems(files)).toEqual([]);
});
