import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { OnLoadResult, Plugin } from "esbuild";
import type { CompilerOptions } from "typescript";

type TypeScript = typeof import("typescript");

/** Written at the start of a line, as decorators are; what only looks like one costs a moment of the build, no more. */
const DECORATOR = /^\s*@[A-Za-z_$]/m;

/**
 * esbuild plugin: what a project's `emitDecoratorMetadata` asks for, which esbuild leaves to TypeScript's own compiler.
 * Dependency injection by type, as in NestJS, and TypeORM's columns are read from it.
 *
 * @param entry absolute path of the entry module
 * @param source its text, when it is not the file's own
 */
export function decoratorMetadata(entry: string, source: string | undefined): Plugin {
  return {
    name: "laconic-decorator-metadata",
    setup(build) {
      build.onLoad({ filter: /\.[cm]?tsx?$/, namespace: "file" }, async ({ path }) => {
        if (path.includes("/node_modules/")) return undefined;
        const text = path === entry && source !== undefined ? source : await readFile(path, "utf8");
        return DECORATOR.test(text) ? compile(path, text) : undefined;
      });
    },
  };
}

async function compile(path: string, text: string): Promise<OnLoadResult | undefined> {
  // Loaded for such projects alone: it takes longer than all the rest of a build.
  const typescript = (await import("typescript")).default as TypeScript;
  const options = optionsFor(path, typescript);
  if (!options?.emitDecoratorMetadata) return undefined;
  const { ModuleKind, ScriptTarget, JsxEmit } = typescript;
  const { outputText } = typescript.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      ...options,
      module: ModuleKind.ESNext,
      target: ScriptTarget.ES2022,
      jsx: JsxEmit.Preserve,
      sourceMap: false,
      inlineSourceMap: true,
      inlineSources: true,
    },
  });
  return { contents: outputText, loader: path.endsWith("x") ? "jsx" : "js", resolveDir: dirname(path) };
}

const known = new Map<string, CompilerOptions | undefined>();

/** The options of the nearest tsconfig.json, with all that it extends. */
function optionsFor(path: string, typescript: TypeScript): CompilerOptions | undefined {
  const config = typescript.findConfigFile(dirname(path), typescript.sys.fileExists);
  if (config === undefined) return undefined;
  if (!known.has(config)) {
    const { config: json } = typescript.readConfigFile(config, typescript.sys.readFile) as { config?: unknown };
    known.set(config, typescript.parseJsonConfigFileContent(json ?? {}, typescript.sys, dirname(config)).options);
  }
  return known.get(config);
}
