// Writes a package's public types into dist/types/: for each entry of its `exports` one file, with what the entry exports
// and nothing that only the package itself needs. Run in the package's folder, after the compiler.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.values(exports).filter(({ types }) => types);
const input = Object.fromEntries(
  entries.map(({ types, default: code }) => [basename(types, ".d.ts"), declarationsOf(code)]),
);

const bundle = await rollup({
  input,
  // Another package's types stay its own.
  external: (id) => !/^[./]/.test(id),
  plugins: [dts()],
});
await bundle.write({
  dir: "dist/types",
  format: "es",
  chunkFileNames: "shared.d.ts",
  plugins: [{ name: "laconic-node-types", renderChunk: withNodesTypes }],
});
await bundle.close();

/** Since TypeScript 6 a project has Node's types only when it names them, and some of ours are made of them. */
function withNodesTypes(code) {
  return /'node:|\bNodeJS\.|\bBuffer\b/.test(code) ? `/// <reference types="node" />\n${code}` : code;
}

/** What the compiler wrote beside an entry's module, which is in lib/ where libraries were bundled into it. */
function declarationsOf(code) {
  return code.replace("./lib/", "./dist/").replace(/\.js$/, ".d.ts");
}
