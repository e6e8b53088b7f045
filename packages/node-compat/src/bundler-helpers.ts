// esbuild's helpers run for nearly every function and export of a bundle while the app is loaded, and define each property
// by a descriptor: ten times the work of what is asked for. What is written here keeps every line where it is, so that the
// source map holds. Their parameters have other names where a module has such a name at its top.

/**
 * Functions and classes keep their names: bundling puts all modules into one scope and calls a second `ValidationError`
 * `ValidationError2`, and error names and injection tokens are made of such names as the app runs.
 */
const NAME =
  /^var __name = \((\w+), (\w+)\) => __defProp\(\1, "name", \{ (?:value|value: \2), configurable: true \}\);$/m;
/** The same for what has another name only. */
const CHECKING = 'var __name=(f,n)=>f.name===n?f:__defProp(f,"name",{value:n,configurable:true});';
const NAMING = /^( *)__name\(([\w$]+), "([\w$]+)"\);$/gm;

/** Getters of a module that somebody requires. */
const EXPORT =
  /^var __export = (\((\w+), (\w+)\) => \{\n {2}for \(var (\w+) in \3\)\n {4})__defProp\(\2, \4, \{ get: \3\[\4\], enumerable: true \}\);$/m;
const GETTING =
  "var __getter = Object.prototype.__defineGetter__, __export = $1__getter.call($2, $4, $3[$4]);";

/**
 * Makes the helpers cheap, and takes back what `keepNames` says about functions that were not renamed, which are nearly all.
 *
 * @param code what esbuild made with `keepNames`
 */
export function withCheapHelpers(code: string): string {
  return code
    .replace(NAME, CHECKING)
    .replace(EXPORT, GETTING)
    .replace(NAMING, (line: string, _: string, variable: string, name: string) =>
      variable === name ? " ".repeat(line.length) : line,
    );
}
