/**
 * How esbuild's own `require` ends for what is not in the bundle: an optional package in a `try`, a name that is computed. Its
 * parameter has another name where a module has such a name at its top.
 */
const THROWN = /throw Error\('Dynamic require of "' \+ (\w+) \+ '" is not supported'\)/;

/** The library's `require`, by the name that the bundle has for it. */
const LOOKUP = /^function (laconicRequire\d*)\(/m;

/**
 * Lets it look for what the bundle holds for names that are computed, and fail as Node's does, by which programs know that a
 * package they can do without is not installed.
 */
export function withNodesRequire(code: string): string {
  const lookup = LOOKUP.exec(code)?.[1];
  if (lookup !== undefined) return code.replace(THROWN, (_, name: string) => `return ${lookup}(${name})`);
  return code.replace(
    THROWN,
    (_, name: string) =>
      `throw Object.assign(new Error("Cannot find module '" + ${name} + "': the library holds the modules that the build saw named, and no others"), { code: "MODULE_NOT_FOUND", requireStack: [] })`,
  );
}
