import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { CORPUS, entries } from "./corpus/corpus.js";
import { fixtures, outputOf, readIfThere } from "./fixtures.js";

const TYPES = fileURLToPath(new URL("./types/fixtures/", import.meta.url));
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowJs: true,
  checkJs: false,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  types: ["node"],
  experimentalDecorators: false,
};

const library = new Map<string, ts.SourceFile>();

/** Errors of one file, by text: what differs from the input's is the rewriter's doing. */
function errorsIn(path: string, text: string, isDeclared = true): string[] {
  const host = ts.createCompilerHost(OPTIONS, true);
  const read = host.getSourceFile;
  host.getSourceFile = (name, version) => {
    if (name === path) return ts.createSourceFile(name, text, version, true);
    const known = library.get(name);
    const file = known ?? read.call(host, name, version);
    if (file && !known) library.set(name, file);
    return file;
  };
  host.fileExists = (name) => name === path || ts.sys.fileExists(name);
  const declarations = isDeclared ? readdirSync(TYPES).map((name) => join(TYPES, name)) : [];
  const options = {
    ...OPTIONS,
    ...(path.endsWith(".cts") && {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    }),
  };
  const program = ts.createProgram([path, ...declarations], options, host);
  const file = program.getSourceFile(path)!;
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const rewritten = fixtures().flatMap((fixture) => {
  const output = readIfThere(outputOf(fixture));
  return output === undefined ? [] : [{ ...fixture, output }];
});

describe("outputs", () => {
  it.each(rewritten)("$transform/$name has no error that its input has not", ({ folder, input, output }) => {
    const path = join(folder, basename(input.path));
    expect(dirname(path)).toBe(folder);
    const before = errorsIn(path, input.text);
    const added = errorsIn(path, output).filter((message) => !before.includes(message));
    expect(added).toEqual([]);
  });
});

const typed = entries().filter(({ name, result }) => result.changed && /\.tsx?$/.test(name));

describe("entry files of the corpus", () => {
  it.each(typed)("$name has no error that it had not", ({ name, text, result }) => {
    const path = join(CORPUS, name);
    // Against the types of the packages themselves.
    const before = errorsIn(path, text, false);
    const added = errorsIn(path, result.text, false).filter((message) => !before.includes(message));
    expect(added).toEqual([]);
  });
});
