import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Metafile, Plugin } from "esbuild";

/** What the bundler writes wherever code reads the global `fetch`. */
const MARKER = "__laconic_global_fetch";

const READS = ["fetch", "globalThis.fetch", "global.fetch", "self.fetch", "window.fetch"];

/** What the bundler does not look through: the name as text, or taken out of the global object by a pattern. */
const OTHERWISE = new RegExp(
  String.raw`\b(?:globalThis|global|self|window)\s*(?:\?\.)?\s*\[\s*["'\x60]fetch["'\x60]\s*\]` +
    String.raw`|["'\x60]fetch["'\x60]\s+in\s+(?:globalThis|global|self|window)\b` +
    String.raw`|\{[^{}]*\bfetch\b[^{}]*\}\s*=\s*(?:globalThis|global|self|window)\b`,
);

/** What may name anything when it runs. */
const CODE_FROM_TEXT = /\b(?:eval|Function)\s*\(/;

/**
 * esbuild plugin: marks whoever reads the global `fetch`. The scopes are esbuild's to judge: `fetch` is also what apps
 * call their own method.
 */
export function markFetch(): Plugin {
  return {
    name: "laconic-fetch-use",
    setup({ initialOptions }) {
      const marks = Object.fromEntries(READS.map((name) => [name, MARKER]));
      initialOptions.define = { ...initialOptions.define, ...marks };
    },
  };
}

/**
 * Whether an app that was bundled with marks may call the global `fetch`. The HTTP client that it needs is large, and most
 * handlers that only answer requests do without.
 *
 * @param root folder that the metafile's paths are relative to
 */
export function usesFetch(metafile: Metafile, code: string, root: string): boolean {
  return (
    code.includes(MARKER) ||
    OTHERWISE.test(code) ||
    Object.keys(metafile.inputs).some((path) => makesCode(path, root))
  );
}

/** Packages that make code name in it what their text names; the app's own may get its text from anywhere. */
function makesCode(path: string, root: string): boolean {
  if (/(?:^|[\\/])node_modules[\\/]|[\\/]dist[\\/]|:/.test(path)) return false;
  try {
    return CODE_FROM_TEXT.test(readFileSync(resolve(root, path), "utf8"));
  } catch {
    return false; // made by a plugin, not a file
  }
}
