import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLine } from "../../../tools/aws/emf-document.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
let folder: string;
let examples: string[];

// In the package, whose name the examples import.
beforeAll(async () => {
  folder = await mkdtemp(join(packageFolder, ".examples-"));
  const text = await readFile(join(packageFolder, "README.md"), "utf8");
  const fences = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  examples = fences.map((_, index) => join(folder, `example-${index}.mts`));
  await Promise.all(fences.map((code, index) => writeFile(examples[index]!, code)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("has examples that compile", () => {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
    rootDir: folder,
    outDir: folder,
  };
  const program = ts.createProgram(examples, options);
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(examples.length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  program.emit();
}, 60_000);

it("has a first example that writes what CloudWatch reads", async () => {
  const env = { PATH: process.env["PATH"] };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "example-0.mjs")], { env });
  const read = stdout.trim().split("\n").flatMap(readLine);
  expect(read.map(({ name, value }) => [name, value])).toEqual([
    ["Orders", 1],
    ["ItemPrice", 5],
    ["ItemPrice", 7.5],
    ["Latency", 12.5],
  ]);
});
