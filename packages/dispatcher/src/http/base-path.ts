/** Where an app is mounted: the base path of a custom domain's mapping, or several of them. */
export type BasePath = string | readonly string[];

/**
 * `/v1/items` -> `/items` for the base path `/v1`. The longest that fits is taken off; a path outside of all of them is
 * left as it is, because the function's own domain has none.
 */
export function withoutBasePath(path: string, basePath: BasePath | undefined): string {
  if (basePath === undefined) return path;
  const fitting = [basePath]
    .flat()
    .map((prefix) => `/${prefix.replace(/^\/+|\/+$/g, "")}`)
    .filter((prefix) => prefix !== "/" && (path === prefix || path.startsWith(`${prefix}/`)));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? path : path.slice(longest.length) || "/";
}
