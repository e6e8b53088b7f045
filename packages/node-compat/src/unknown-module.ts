/**
 * How esbuild's own `require` ends for what is not in the bundle: an optional package in a `try`, a name that is computed. Its
 * parameter has another name where a module has such a name at its top.
 */
const THROWN = /throw Error\('Dynamic require of "' \+ (\w+) \+ '" is not supported'\)/;

/** Lets it fail as Node's does, by which programs know that a package they can do without is not installed. */
export function withNodesRequire(code: string): string {
  return code.replace(
    THROWN,
    (_, name: string) =>
      `throw Object.assign(new Error("Cannot find module '" + ${name} + "': the library holds the modules that the build saw named, and no others"), { code: "MODULE_NOT_FOUND", requireStack: [] })`,
  );
}
