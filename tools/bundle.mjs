// Writes lib/ of a package: its compiled modules, each where it was in dist/, with the libraries in them that package.json
// names as devDependencies. What few of a library's files do is then not installed whole: AWS's clients take 30 MB, all
// types of CloudFormation's resources 19. Run in the package's folder, after the compiler.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { recordBundled } from "./record-bundled.mjs";

/** Says that a resolution was asked for by the plugin itself. */
const ASKED = Symbol("asked");

const { name, dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const installed = Object.keys({ ...dependencies, ...peerDependencies });

rmSync("lib", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: modules(),
  outbase: "dist",
  outdir: "lib",
  chunkNames: "bundled/[name]-[hash]",
  bundle: true,
  splitting: true,
  metafile: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // Of ES modules only what is used stays.
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "error",
  external: installed.flatMap((dependency) => [dependency, `${dependency}/*`]),
  plugins: [
    { name: "own-modules", setup: keepOwnModules },
    { name: "optional-libraries", setup: keepOptionalLibraries },
  ],
  // A library that requires one of the files in a folder takes all of them along.
  loader: { ".html": "empty" },
  // What is bundled of CommonJS asks for Node's built-ins by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
refuseNamelessImports();
const inputs = Object.keys(metafile.inputs);
recordBundled(
  name.replace(/.*\//, ""),
  inputs.filter((input) => input.includes("node_modules")),
);

function modules() {
  return readdirSync("dist", { recursive: true })
    .filter((file) => file.endsWith(".js") && !file.startsWith("types"))
    .map((file) => join("dist", file));
}

/** A CommonJS library that is bundled has no names for import(), where Node finds them in an installed one. */
function refuseNamelessImports() {
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    if (file.includes("node_modules")) continue;
    const nameless = imports.find(
      ({ kind, path }) => kind === "dynamic-import" && metafile.inputs[path]?.format === "cjs",
    );
    if (nameless === undefined) continue;
    throw new Error(
      `${file} loads ${nameless.original} with import(), which finds no names in it once it is bundled. ` +
        "Import it statically in a module of its own, and load that with import().",
    );
  }
}

/** The package's own modules stay files of their own: some find other files from where they are. */
function keepOwnModules(bundler) {
  bundler.onResolve({ filter: /^\.\.?\// }, ({ kind, path, importer }) =>
    kind === "entry-point" || importer.includes("node_modules") ? undefined : { path, external: true },
  );
}

/** What a library requires and does not install is optional for it. */
function keepOptionalLibraries(bundler) {
  bundler.onResolve({ filter: /^[a-z@]/ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
    if (kind !== "require-call" || !importer.includes("node_modules") || pluginData === ASKED)
      return undefined;
    const { errors } = await bundler.resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
    return errors.length > 0 ? { path, external: true } : undefined;
  });
}
