import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { NODE_RESOLUTION } from "./esbuild-options.js";
import { inspectDetails } from "./inspect-details.js";
import { nodeCompat } from "./plugin.js";

function shipped(name: string): string {
  return fileURLToPath(new URL(`../dist/modules/internal/${name}.js`, import.meta.url));
}

/** The module, minified, by which the engine's console prints values; it is the same for every app. */
export interface ConsoleModule {
  readonly code: string;
  /** What it imports from the engine, which a library with it has to hold. */
  readonly imports: readonly string[];
}

export async function bundleConsole(): Promise<ConsoleModule> {
  const { outputFiles, metafile } = await build({
    metafile: true,
    entryPoints: [shipped("console")],
    inject: [shipped("console-url")],
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    ...NODE_RESOLUTION,
    target: "es2023",
    minify: true,
    logLevel: "silent",
    plugins: [nodeCompat(), inspectDetails()],
  });
  const [output] = Object.values(metafile.outputs);
  return { code: outputFiles[0]!.text, imports: output!.imports.map(({ path }) => path) };
}
