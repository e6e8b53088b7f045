import { readFile } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import { getTsconfig } from "get-tsconfig";
import { isEsModule } from "./module-format.js";
import { transform, type Loader, type Message, type Plugin } from "esbuild";

const LOADERS: Readonly<Record<string, Loader>> = { ".ts": "ts", ".cts": "ts", ".tsx": "tsx", ".jsx": "jsx" };

/**
 * The modules that write to `module.exports` or `exports` beside `export`, where a compiler to CommonJS makes one of both. Where a
 * module is one of ES whatever it says, by its name or its package.json, Node has no such variables either.
 */
export function writingExports(warnings: readonly Message[], root: string): string[] {
  return warnings.flatMap(({ id, location, notes }) => {
    if (id !== "commonjs-variable-in-esm" || location === null || location.namespace !== "") return [];
    const file = resolve(root, location.file);
    // One with import.meta or an await at its top cannot be CommonJS.
    const exports = notes.some(({ text }) => text.includes('because of the "export" keyword'));
    // A package runs in Node as it is.
    return exports && !isEsModule(file) && !file.includes("/node_modules/") ? [file] : [];
  });
}

/** esbuild plugin: compiles these modules to CommonJS before they are bundled, as their project's compiler does. */
export function asCommonJs(files: ReadonlySet<string>): Plugin {
  return {
    name: "laconic-commonjs-exports",
    setup(build) {
      if (files.size === 0) return;
      const root = build.initialOptions.absWorkingDir ?? process.cwd();
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        if (!files.has(path)) return undefined;
        const { code } = await transform(await readFile(path, "utf8"), {
          format: "cjs",
          loader: LOADERS[extname(path)] ?? "js",
          target: "es2023",
          sourcefile: relative(root, path),
          sourcemap: "inline",
          tsconfigRaw: { compilerOptions: compilerOptions(path) },
        });
        // What is written to `exports` goes where everything else is.
        const contents = code.replace(
          /^module\.exports = __toCommonJS\(\w+\);/m,
          "$& exports = module.exports;",
        );
        return { contents, loader: "js", resolveDir: dirname(path) };
      });
    },
  };
}

/** What esbuild reads of the file's tsconfig.json when it compiles it itself. */
const OPTIONS = [
  ...["alwaysStrict", "experimentalDecorators", "strict", "target", "useDefineForClassFields"],
  ...["jsx", "jsxFactory", "jsxFragmentFactory", "jsxImportSource"],
];

function compilerOptions(path: string): object {
  try {
    const options = getTsconfig(dirname(path))?.config.compilerOptions ?? {};
    return Object.fromEntries(Object.entries(options).filter(([name]) => OPTIONS.includes(name)));
  } catch {
    return {}; // esbuild reads the same file and says what is wrong with it
  }
}
