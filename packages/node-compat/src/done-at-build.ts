import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

/**
 * esbuild plugin: work that a package does whenever it is loaded, and that gives the same result on every machine, is
 * done here once. What the package exports, and how it behaves, stays as it is.
 */
export function doneAtBuild(): Plugin {
  return {
    name: "laconic-done-at-build",
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/]mime-types[\\/]index\.js$/ }, async ({ path }) => {
        const contents = mimeTypes(await readFile(path, "utf8"), createRequire(path)(path) as MimeTypes);
        return contents === undefined ? undefined : { contents, loader: "js" };
      });
    },
  };
}

interface MimeTypes {
  readonly types: Readonly<Record<string, string>>;
  readonly _extensionConflicts?: readonly unknown[];
}

const DATABASE = "var db = require('mime-db')";
const POPULATE = "populateMaps(exports.extensions, exports.types)";

/**
 * mime-types weighs every type of its database against the others to find the one of each extension, which takes longer
 * than the rest of Express needs to load. The outcome is written down, and made an object when it is asked for.
 *
 * @returns undefined for a version of the package that does it in another way
 */
function mimeTypes(source: string, { types, _extensionConflicts = [] }: MimeTypes): string | undefined {
  if (source.split(DATABASE).length !== 2 || source.split(POPULATE).length !== 2) return undefined;
  return source
    .replace(DATABASE, "var loadedDb; function db () { return loadedDb || (loadedDb = require('mime-db')) }")
    .replace(/\bdb\[/g, "db()[")
    .replace(/Object\.keys\(db\)/g, "Object.keys(db())")
    .replace(
      POPULATE,
      () => `
lazily('types', function () { return Object.assign(Object.create(null), JSON.parse(${JSON.stringify(JSON.stringify(types))})) })
lazily('extensions', function () {
  var extensions = Object.create(null)
  Object.keys(db()).forEach(function (type) {
    var exts = db()[type].extensions
    if (exts && exts.length) extensions[type] = exts
  })
  return extensions
})
if (exports._extensionConflicts) exports._extensionConflicts.push.apply(exports._extensionConflicts, ${JSON.stringify(_extensionConflicts)})
function lazily (name, make) {
  function settle (value) {
    Object.defineProperty(exports, name, { value: value, writable: true, enumerable: true, configurable: true })
    return value
  }
  Object.defineProperty(exports, name, { get: function () { return settle(make()) }, set: settle, enumerable: true, configurable: true })
}
`,
    );
}
