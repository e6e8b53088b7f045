import { resolve } from "node:path";
import type { BuildFailure, Message, Plugin } from "esbuild";
import { anyOf } from "./plugin.js";

/** A file that no loader is for; a path that is no literal took it along with the rest of its folder: a README, a template. */
const NO_LOADER = /^No loader is configured for "[^"]*" files: (.+)$/;

/**
 * The files that are no modules, and only lie where a path with unknown parts leads to. One that a literal names is the app's mistake.
 *
 * @param failure what esbuild rejected with
 */
export function noModules(failure: unknown): string[] {
  const { errors } = failure as BuildFailure;
  return Array.isArray(errors) ? errors.flatMap((error) => noModule(error) ?? []) : [];
}

function noModule({ text, location }: Message): string | undefined {
  const file = NO_LOADER.exec(text)?.[1];
  const written = location?.lineText.slice(location.column).trimStart() ?? "";
  const isLiteral = /^(["'`])(?:(?!\1|\$\{).)*\1\s*(?![\s+])/.test(written);
  return file !== undefined && location !== null && !isLiteral ? file : undefined;
}

/** esbuild plugin: such files fail when they are required, as they do in Node, which reads them as JavaScript. */
export function withoutFiles(files: readonly string[]): Plugin {
  return {
    name: "laconic-no-modules",
    setup(build) {
      if (files.length === 0) return;
      const root = build.initialOptions.absWorkingDir ?? process.cwd();
      build.onLoad({ filter: anyOf(files.map((file) => resolve(root, file))) }, () => ({
        contents: 'throw new SyntaxError("Invalid or unexpected token");',
        loader: "js",
      }));
    },
  };
}
