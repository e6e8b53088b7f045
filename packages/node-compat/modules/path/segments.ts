/** Takes `.` and `..` out of a path's segments; above the beginning, `..` stays when that is allowed. */
export function normalizeSegments(
  path: string,
  isSeparator: (code: number) => boolean,
  separator: string,
  allowAbove: boolean,
): string {
  const kept: string[] = [];
  let start = 0;
  for (let index = 0; index <= path.length; index++) {
    if (index < path.length && !isSeparator(path.charCodeAt(index))) continue;
    const segment = path.slice(start, index);
    start = index + 1;
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (allowAbove) kept.push("..");
  }
  return kept.join(separator);
}

/** Where the extension of a file's name begins; -1 for a name without one. */
export function extensionStart(name: string): number {
  const dot = name.lastIndexOf(".");
  // `.bashrc` and `..` have none.
  return dot <= 0 || name === ".." ? -1 : dot;
}

export interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

export function formatPath(separator: string, parts: Partial<ParsedPath>): string {
  const { root = "", dir = root, base, name = "", ext = "" } = parts;
  const file = base || `${name}${ext === "" ? "" : ext.startsWith(".") ? ext : `.${ext}`}`;
  if (!dir) return file;
  return dir === root ? `${dir}${file}` : `${dir}${separator}${file}`;
}

/** A base name without a suffix, unless the suffix is all of it. */
export function withoutSuffix(base: string, suffix: string | undefined): string {
  return suffix !== undefined && suffix !== "" && base !== suffix && base.endsWith(suffix)
    ? base.slice(0, -suffix.length)
    : base;
}

/** Whether a glob pattern of one path matches it: `*`, `?`, `[...]`, `{a,b}` and `**`. */
export function matchesPattern(path: string, pattern: string): boolean {
  return new RegExp(`^${globSource(pattern)}$`, "u").test(path);
}

function globSource(pattern: string): string {
  return pattern
    .replace(/[.+^$()|\\]/g, "\\$&")
    .replace(/\{([^{}]*)\}/g, (_, list: string) => `(?:${list.split(",").join("|")})`)
    .replace(/\[!/g, "[^")
    .replace(/\*\*\/|\*\*|\*|\?/g, (star) =>
      star === "**/" ? "(?:.*/)?" : star === "**" ? ".*" : star === "*" ? "[^/]*" : "[^/]",
    );
}
