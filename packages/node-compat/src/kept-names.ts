// Functions and classes keep their names: bundling puts all modules into one scope and calls a second `ValidationError`
// `ValidationError2`, and error names and injection tokens are made of such names as the app runs.

/** esbuild's helper, as it writes it. */
const HELPER = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
/** The same for what has another name only: defining a property costs ten times what the look costs. */
const CHECKING = 'var __name=(f,n)=>f.name===n?f:__defProp(f,"name",{value:n,configurable:true});';

/**
 * Takes back what `keepNames` says about functions that were not renamed, which are nearly all. Every letter stays in its
 * place, so that the source map holds.
 *
 * @param code what esbuild made with `keepNames`
 */
export function withNeededNames(code: string): string {
  return code
    .replace(HELPER, CHECKING.padEnd(HELPER.length))
    .replace(/^( *)__name\(([\w$]+), "([\w$]+)"\);$/gm, (line: string, _: string, variable: string, name: string) =>
      variable === name ? " ".repeat(line.length) : line,
    );
}
