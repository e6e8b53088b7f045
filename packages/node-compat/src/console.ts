import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { nodeCompat } from "./plugin.js";

function shipped(name: string): string {
  return fileURLToPath(new URL(`../dist/modules/internal/${name}.js`, import.meta.url));
}

/** @returns the module, minified, by which the engine's console prints values; it is the same for every app. */
export async function bundleConsole(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [shipped("console")],
    inject: [shipped("console-url")],
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["node", "module"],
    target: "es2023",
    minify: true,
    logLevel: "silent",
    plugins: [nodeCompat()],
  });
  return outputFiles[0]!.text;
}
