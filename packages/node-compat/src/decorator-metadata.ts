import { readFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { OnLoadResult, Plugin } from "esbuild";
import { getTsconfig, type TsConfigJsonResolved } from "get-tsconfig";
import { loadCompiler, NoCompilerError } from "./typescript-compiler.js";

type CompilerOptions = TsConfigJsonResolved["compilerOptions"];

/** Where a decorator may be; what only looks like one costs a moment of the build, no more. */
const DECORATOR = /(?:^|[{(;,])\s*@[A-Za-z_$]/m;

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
      const optionsOf = compilerOptions();
      let hasFailed = false;
      build.onLoad({ filter: /\.[cm]?tsx?$/, namespace: "file" }, async ({ path }) => {
        if (path.includes("/node_modules/")) return undefined;
        const text = path === entry && source !== undefined ? source : await readFile(path, "utf8");
        const options = DECORATOR.test(text) ? optionsOf(path) : undefined;
        if (!options?.emitDecoratorMetadata) return undefined;
        try {
          return await compile(path, text, options);
        } catch (error) {
          if (!(error instanceof NoCompilerError)) throw error;
          // One message, however many files have decorators.
          if (hasFailed) return undefined;
          hasFailed = true;
          const root = build.initialOptions.absWorkingDir ?? process.cwd();
          return { errors: [error.at(relative(root, path), text, DECORATOR)] };
        }
      });
    },
  };
}

async function compile(path: string, text: string, asked: CompilerOptions): Promise<OnLoadResult> {
  // Loaded for such projects alone: it takes longer than all the rest of a build.
  const typescript = await loadCompiler(path);
  const { ModuleKind, ScriptTarget, JsxEmit } = typescript;
  const { options } = typescript.convertCompilerOptionsFromJson(asked, dirname(path));
  const { target = ScriptTarget.ES2022, useDefineForClassFields = target >= ScriptTarget.ES2022 } = options;
  const { outputText } = typescript.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      ...options,
      // Keeps `import x = require("x")` too. TypeScript before 5.4 does not know it.
      module: ModuleKind.Preserve ?? ModuleKind.ESNext,
      target: ScriptTarget.ES2022,
      // As the project's own target has it, and as esbuild does it in the files that have no decorators.
      useDefineForClassFields,
      jsx: JsxEmit.Preserve,
      sourceMap: false,
      inlineSourceMap: true,
      inlineSources: true,
    },
  });
  return { contents: outputText, loader: path.endsWith("x") ? "jsx" : "js", resolveDir: dirname(path) };
}

/** Reads the options of a file's nearest tsconfig.json, with all that it extends; every file of them once. */
function compilerOptions(): (path: string) => CompilerOptions {
  const cache = new Map<string, unknown>();
  return (path) => {
    try {
      return getTsconfig(dirname(path), "tsconfig.json", cache)?.config.compilerOptions;
    } catch {
      // esbuild reads the same file and says what is wrong with it.
      return undefined;
    }
  };
}
