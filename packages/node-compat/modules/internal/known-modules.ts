import type { Any } from "./any.js";

/**
 * What the bundle holds for a `require` that the bundler did not see as one. A file has its place in the package, `/src/a.js`; a
 * package its name, alone and after the place of the module that asks for it.
 */
const known = new Map<string, () => Any>();

export function requirable(keys: readonly string[], load: () => Any): void {
  for (const key of keys) if (!known.has(key)) known.set(key, load);
}

/** Where one of them is kept. */
export interface Kept {
  readonly key: string;
  readonly load: () => Any;
}

/** As Node looks for a file, and then the sources that the bundler compiled. */
const ENDINGS = ["", ".js", ".json", ".node", ".ts", ".tsx", ".jsx", ".cjs", ".mjs", ".cts", ".mts"];

/**
 * Looks for the module of a name.
 *
 * @param place path or URL of the module that asks, if that is known
 * @param root the folder of the function
 */
export function findRequirable(name: string, place: string | undefined, root: string): Kept | undefined {
  const from = place === undefined ? undefined : inPackage(place, root);
  if (!/^(?:\.{0,2}\/|\.{1,2}$)/.test(name)) {
    return firstOf([`${from}\0${name}`, name, name.replace(/^node:/, "")]);
  }
  if (name.startsWith("/")) return withEnding(normalize(inPackage(name, root)));
  if (from === undefined) return withEnding(name);
  return withEnding(normalize(`${from.replace(/[^/]*$/, "")}${name}`));
}

function firstOf(keys: readonly string[]): Kept | undefined {
  for (const key of keys) {
    const load = known.get(key);
    if (load !== undefined) return { key, load };
  }
  return undefined;
}

function withEnding(path: string): Kept | undefined {
  const folder = path.endsWith("/") ? `${path}index` : `${path}/index`;
  const bases = [path, folder, path.replace(/\.[cm]?js$/, "")];
  return firstOf(bases.flatMap((base) => ENDINGS.map((ending) => base + ending)));
}

function inPackage(place: string, root: string): string {
  const path = place.startsWith("file:") ? decodeURIComponent(place.replace(/^file:(?:\/\/)?/, "")) : place;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `/${parts.join("/")}${path.endsWith("/") ? "/" : ""}`;
}
