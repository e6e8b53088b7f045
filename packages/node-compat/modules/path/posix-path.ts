import type { Any } from "../internal/any.js";
import { validateObject, validateString } from "../internal/validate.js";
import {
  extensionStart,
  formatPath,
  matchesPattern,
  normalizeSegments,
  withoutSuffix,
  type ParsedPath,
} from "./segments.js";
import { engineProcess } from "../globals/engine-process.js";

const isSlash = (code: number): boolean => code === 0x2f;

const normalized = (path: string, allowAbove: boolean): string =>
  normalizeSegments(path, isSlash, "/", allowAbove);

function resolve(...paths: string[]): string {
  let resolved = "";
  for (let index = paths.length - 1; index >= 0 && !resolved.startsWith("/"); index--) {
    const path = paths[index]!;
    validateString(path, `paths[${index}]`);
    if (path !== "") resolved = resolved === "" ? path : `${path}/${resolved}`;
  }
  if (!resolved.startsWith("/")) resolved = `${engineProcess.cwd()}/${resolved}`;
  return `/${normalized(resolved, false)}`;
}

function normalize(path: string): string {
  validateString(path, "path");
  if (path === "") return ".";
  const isAbsolutePath = path.startsWith("/");
  const isFolder = path.endsWith("/");
  let result = normalized(path, !isAbsolutePath);
  if (result === "") return isAbsolutePath ? "/" : isFolder ? "./" : ".";
  if (isFolder) result += "/";
  return isAbsolutePath ? `/${result}` : result;
}

function isAbsolute(path: string): boolean {
  validateString(path, "path");
  return path.startsWith("/");
}

function join(...paths: string[]): string {
  const parts: string[] = [];
  for (const path of paths) {
    validateString(path, "path");
    if (path !== "") parts.push(path);
  }
  return parts.length === 0 ? "." : normalize(parts.join("/"));
}

function relative(from: string, to: string): string {
  validateString(from, "from");
  validateString(to, "to");
  if (from === to) return "";
  const start = resolve(from).split("/").filter(Boolean);
  const end = resolve(to).split("/").filter(Boolean);
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => ".."), ...end.slice(shared)].join("/");
}

/** The path without slashes at its end; the root keeps its own. */
function trimmed(path: string): string {
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === 0x2f) end--;
  return path.slice(0, end);
}

function dirname(path: string): string {
  validateString(path, "path");
  if (path === "") return ".";
  const slash = trimmed(path).lastIndexOf("/");
  if (slash < 0) return ".";
  if (slash === 0) return "/";
  // Only the last slash is taken off: Node keeps doubled ones, and "//a" has the folder "//".
  if (slash === 1 && path.startsWith("//")) return "//";
  return path.slice(0, slash);
}

function basename(path: string, suffix?: string): string {
  if (suffix !== undefined) validateString(suffix, "suffix");
  validateString(path, "path");
  if (suffix !== undefined && suffix !== "" && suffix === path) return "";
  const whole = trimmed(path);
  return whole === "/" ? "" : withoutSuffix(whole.slice(whole.lastIndexOf("/") + 1), suffix);
}

function extname(path: string): string {
  validateString(path, "path");
  const name = basename(path);
  const start = extensionStart(name);
  return start < 0 ? "" : name.slice(start);
}

function format(parts: Partial<ParsedPath>): string {
  validateObject(parts, "pathObject");
  return formatPath("/", parts);
}

function parse(path: string): ParsedPath {
  validateString(path, "path");
  const root = path.startsWith("/") ? "/" : "";
  const base = basename(path);
  const ext = extname(path);
  const whole = trimmed(path);
  const slash = whole.lastIndexOf("/");
  const dir = slash > 0 ? whole.slice(0, slash) : root;
  return { root, dir, base, ext, name: ext === "" ? base : base.slice(0, -ext.length) };
}

function matchesGlob(path: string, pattern: string): boolean {
  validateString(path, "path");
  validateString(pattern, "pattern");
  return matchesPattern(path, pattern);
}

export const posix: Any = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath: (path: string) => path,
  dirname,
  basename,
  extname,
  format,
  parse,
  matchesGlob,
  sep: "/",
  delimiter: ":",
  _makeLong: (path: string) => path,
};
