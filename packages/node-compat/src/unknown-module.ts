/** How esbuild's own `require` ends for what is not in the bundle: an optional package in a `try`, a name that is computed. */
const THROWN = `throw Error('Dynamic require of "' + x + '" is not supported')`;
const NODE_S = `throw Object.assign(new Error("Cannot find module '" + x + "': the library holds the modules that the build saw named, and no others"), { code: "MODULE_NOT_FOUND", requireStack: [] })`;

/** Lets it fail as Node's does, by which programs know that a package they can do without is not installed. */
export function withNodesRequire(code: string): string {
  return code.replace(THROWN, () => NODE_S);
}
