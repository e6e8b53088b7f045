// Writes dist/bin/laconic-rewrite.js: the command line in one file. As modules of their own its parts and the libraries
// they use take as long to find and load as the rest of a run.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { recordBundled } from "../../../tools/record-bundled.mjs";

const { metafile } = await build({
  entryPoints: [fileURLToPath(new URL("../dist/cli/bin.js", import.meta.url))],
  outfile: fileURLToPath(new URL("../dist/bin/laconic-rewrite.js", import.meta.url)),
  bundle: true,
  metafile: true,
  platform: "node",
  format: "esm",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "error",
  // Only for patterns, so loaded only then.
  external: ["tinyglobby"],
  // What is bundled of CommonJS asks for Node's built-ins by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
recordBundled("laconic-rewrite", Object.keys(metafile.inputs));
