import type { Builtin } from "./builtin.js";
import { findBuiltin } from "./builtins.js";
import { isAddon } from "./native-addon.js";
import { nodeExports } from "./table/node-exports.js";

/**
 * What the bundle holds in place of a module that the library lacks. A bundle is only made when none is reached for
 * certain, so this fails where one is reached after all, in a way that code which can do without it expects.
 */
export function lackingModule(specifier: string): string {
  const reason = isAddon(specifier) ? "a native addon cannot be loaded" : findBuiltin(specifier)?.reason;
  const message = `Cannot find module '${specifier}': it is not available in the library${reason ? `, because ${reason}` : ""}`;
  return `throw Object.assign(new Error(${JSON.stringify(message)}), { code: "MODULE_NOT_FOUND" });`;
}

/** The exports that the table says are not there. Members of an export are no exports. */
export function lackingExports({ exports: rows = {} }: Builtin): string[] {
  return Object.keys(rows).filter((name) => rows[name]?.support === "unsupported" && /^[\w$]+$/.test(name));
}

/**
 * A module in front of one of the engine's built-ins that lacks some exports, so that an import of one links and is
 * undefined, as it would be on an object. Its names are listed, because a star of the engine's own is copied at load.
 */
export function completedNative(builtin: Builtin, source: string): string {
  return [
    ...presentExports(builtin, source),
    ...lackingExports(builtin).map((name) => `export const ${name} = undefined;`),
  ].join("\n");
}

/**
 * The same in front of a bundled built-in, which may export a stub in place of a missing function. The names are listed here
 * too: when some module loads the built-in lazily, esbuild wraps it in an initializer, and it calls that initializer for
 * importers of a listed name but not for importers of `export *`.
 */
export function completedShipped(builtin: Builtin, file: string): string {
  return [
    `import * as all from ${JSON.stringify(file)};`,
    ...presentExports(builtin, file),
    ...lackingExports(builtin).map((name) => `export const ${name} = all.${name};`),
  ].join("\n");
}

function presentExports(builtin: Builtin, source: string): string[] {
  const lacking = lackingExports(builtin);
  const there = (nodeExports[builtin.name] ?? []).filter((name) => !lacking.includes(name));
  const from = JSON.stringify(source);
  return [`export { ${there.join(", ")} } from ${from};`, `export { default } from ${from};`];
}
