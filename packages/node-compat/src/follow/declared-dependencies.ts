import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFolder } from "../native-addon.js";

type Manifest = Partial<Record<"dependencies" | "optionalDependencies", Record<string, string>>>;

/** The names that a package.json lists to be installed where the app runs. */
export function declaredDependencies(folder: string): ReadonlySet<string> {
  try {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    ) as Manifest;
    return new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
  } catch {
    return new Set(); // none, or none that anybody can read
  }
}

/**
 * Whether a package is meant to be there where the app runs, and is not only a tool that is installed beside it: the project,
 * or the package that asks, depends on it.
 */
export function isDeclared(specifier: string, importer: string, root: string): boolean {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const folder = packageFolder(importer) ?? dirname(importer);
  return declaredDependencies(root).has(name) || declaredDependencies(folder).has(name);
}
