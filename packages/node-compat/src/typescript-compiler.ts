import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { PartialMessage } from "esbuild";
import type { ExplainedDetail } from "./explain.js";

type TypeScript = typeof import("typescript");

/** TypeScript 7 has no compiler for programs; Microsoft publishes the last one that has under the second name. */
const PACKAGES = ["typescript", "@typescript/typescript6"];

/**
 * The project's own TypeScript compiler. This package has none: only projects that ask for decorator metadata need one,
 * and they have it.
 *
 * @param path absolute path of a file of the project
 * @throws {NoCompilerError} when no installed TypeScript has an API
 */
export async function loadCompiler(path: string): Promise<TypeScript> {
  let installed: string | undefined;
  for (const from of [pathToFileURL(path), import.meta.url]) {
    const require = createRequire(from);
    for (const name of PACKAGES) {
      const compiler = await importFrom(require, name);
      if (compiler?.transpileModule) return compiler as TypeScript;
      installed ??= compiler?.version;
    }
  }
  throw new NoCompilerError(installed);
}

/** No TypeScript compiler that programs can call is installed. */
export class NoCompilerError extends Error {
  readonly hint: string;

  /** @param installed version of a TypeScript that has none */
  constructor(installed: string | undefined) {
    super(
      installed === undefined
        ? "tsconfig.json sets emitDecoratorMetadata, which needs TypeScript, and it is not installed."
        : `tsconfig.json sets emitDecoratorMetadata, which TypeScript ${installed} cannot do for other programs.`,
    );
    this.hint = `Run: npm install -D ${installed === undefined ? "typescript@6" : "@typescript/typescript6"}`;
  }

  /** The error as the bundler reports it, at the first line of the file that matches. */
  at(file: string, text: string, place: RegExp): PartialMessage {
    const lines = text.split("\n");
    const index = Math.max(
      lines.findIndex((line) => place.test(line)),
      0,
    );
    const lineText = lines[index] ?? "";
    return {
      text: this.message,
      location: { file, line: index + 1, column: Math.max(lineText.search(/\S/), 0), lineText },
      detail: { code: "LAC2008", hint: this.hint } satisfies ExplainedDetail,
    };
  }
}

async function importFrom(require: NodeJS.Require, name: string): Promise<Partial<TypeScript> | undefined> {
  let path: string;
  try {
    path = require.resolve(name);
  } catch {
    return undefined;
  }
  return ((await import(pathToFileURL(path).href)) as { default: Partial<TypeScript> }).default;
}
