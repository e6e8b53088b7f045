import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ts as Ts } from "ts-morph";
import { loadCompiled } from "./compiled-script.js";

/**
 * The compiler's syntax tree, loaded when the first file is parsed: most files need no parsing, and loading it is most of
 * what a run costs. The binding is live, so the rest of the package imports it as if it were always there; `parseSource`
 * makes that true.
 */
export let ts: typeof Ts;

// ts-morph's compiler with all but parsing left out (tools/trim-compiler.mjs): a tenth of the code to read at start.
const TRIMMED = fileURLToPath(new URL("../compiler.cjs", import.meta.url));

export function loadSyntax(): typeof Ts {
  ts ??= existsSync(TRIMMED) ? (loadCompiled(TRIMMED) as typeof Ts) : wholeCompiler();
  return ts;
}

// In a checkout that was compiled but not packed.
function wholeCompiler(): typeof Ts {
  return (createRequire(import.meta.url)("ts-morph") as { ts: typeof Ts }).ts;
}
