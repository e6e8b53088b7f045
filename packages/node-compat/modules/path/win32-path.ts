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

const isSlash = (code: number): boolean => code === 0x2f || code === 0x5c;
const slashes = /[\\/]+/;

interface Root {
  /** `C:`, `\\server\share`, or nothing. */
  readonly device: string;
  /** How much of the path is device and root. */
  readonly length: number;
  readonly isAbsolute: boolean;
}

function rootOf(path: string): Root {
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)([\\/]*)/.exec(path);
  if (share) return { device: `\\\\${share[1]}\\${share[2]}`, length: share[0].length, isAbsolute: true };
  if (isSlash(path.charCodeAt(0))) return { device: "", length: 1, isAbsolute: true };
  if (!/^[A-Za-z]:/.test(path)) return { device: "", length: 0, isAbsolute: false };
  const isAbsolutePath = path.length > 2 && isSlash(path.charCodeAt(2));
  return { device: path.slice(0, 2), length: isAbsolutePath ? 3 : 2, isAbsolute: isAbsolutePath };
}

const normalized = (path: string, allowAbove: boolean): string =>
  normalizeSegments(path, isSlash, "\\", allowAbove);

function resolve(...paths: string[]): string {
  let device = "";
  let tail = "";
  let isAbsolutePath = false;
  for (let index = paths.length - 1; index >= -1; index--) {
    const path = index >= 0 ? paths[index]! : engineProcess.cwd();
    if (index >= 0) validateString(path, `paths[${index}]`);
    if (path === "") continue;
    const root = rootOf(path);
    if (root.device !== "") {
      if (device !== "" && root.device.toLowerCase() !== device.toLowerCase()) continue;
      device ||= root.device;
    }
    if (isAbsolutePath) {
      if (device !== "") break;
      continue;
    }
    tail = `${path.slice(root.length)}\\${tail}`;
    isAbsolutePath = root.isAbsolute;
    if (isAbsolutePath && device !== "") break;
  }
  return `${device}${isAbsolutePath ? "\\" : ""}${normalized(tail, !isAbsolutePath)}` || ".";
}

function normalize(path: string): string {
  validateString(path, "path");
  if (path === "") return ".";
  const { device, length, isAbsolute: isAbsolutePath } = rootOf(path);
  let tail = normalized(path.slice(length), !isAbsolutePath);
  if (tail === "" && !isAbsolutePath) tail = ".";
  if (tail !== "" && isSlash(path.charCodeAt(path.length - 1)) && path.length > length) tail += "\\";
  // What was a name in the middle must not become a drive.
  if (
    !isAbsolutePath &&
    device === "" &&
    path.includes(":") &&
    (/^[A-Za-z]:/.test(tail) || /:(?:$|[\\/])/.test(path))
  ) {
    return `.\\${tail}`;
  }
  return `${device}${isAbsolutePath ? "\\" : ""}${tail}`;
}

function isAbsolute(path: string): boolean {
  validateString(path, "path");
  return rootOf(path).isAbsolute || isSlash(path.charCodeAt(0));
}

function join(...paths: string[]): string {
  const parts: string[] = [];
  for (const path of paths) {
    validateString(path, "path");
    if (path !== "") parts.push(path);
  }
  if (parts.length === 0) return ".";
  let joined = parts.join("\\");
  // Only a first part that is a share makes one: `\` and `server` do not.
  if (!/^[\\/]{2}[^\\/]/.test(parts[0]!)) joined = joined.replace(/^[\\/]{2,}/, "\\");
  return normalize(joined);
}

function relative(from: string, to: string): string {
  validateString(from, "from");
  validateString(to, "to");
  const [start, end] = [resolve(from), resolve(to)];
  if (start.toLowerCase() === end.toLowerCase()) return "";
  const [left, right] = [start, end].map((path) => path.split(slashes).filter(Boolean)) as [
    string[],
    string[],
  ];
  let shared = 0;
  while (shared < left.length && left[shared]!.toLowerCase() === right[shared]?.toLowerCase()) shared++;
  if (shared === 0) return end;
  return [...left.slice(shared).map(() => ".."), ...right.slice(shared)].join("\\");
}

/** The path's end without slashes, and where its last segment begins. */
function lastSegment(path: string, start: number): { from: number; to: number } {
  let to = path.length;
  while (to > start && isSlash(path.charCodeAt(to - 1))) to--;
  let from = to;
  while (from > start && !isSlash(path.charCodeAt(from - 1))) from--;
  return { from, to };
}

function dirname(path: string): string {
  validateString(path, "path");
  if (path === "") return ".";
  const { length } = rootOf(path);
  const { from } = lastSegment(path, length);
  const end = from > length ? from - 1 : from;
  return end === 0 ? "." : path.slice(0, end);
}

function basename(path: string, suffix?: string): string {
  if (suffix !== undefined) validateString(suffix, "suffix");
  validateString(path, "path");
  if (suffix !== undefined && suffix !== "" && suffix === path) return "";
  const start = /^[A-Za-z]:/.test(path) ? 2 : 0;
  const { from, to } = lastSegment(path, start);
  return withoutSuffix(path.slice(from, to), suffix);
}

function extname(path: string): string {
  validateString(path, "path");
  const name = basename(path);
  const start = extensionStart(name);
  return start < 0 ? "" : name.slice(start);
}

function parse(path: string): ParsedPath {
  validateString(path, "path");
  const { length } = rootOf(path);
  const root = path.slice(0, length);
  const { from, to } = lastSegment(path, length);
  const base = path.slice(from, to);
  const start = extensionStart(base);
  const ext = start < 0 ? "" : base.slice(start);
  const dir = from > length ? path.slice(0, from - 1) : root;
  return { root, dir, base, ext, name: start < 0 ? base : base.slice(0, start) };
}

function toNamespacedPath(path: Any): Any {
  if (typeof path !== "string" || path === "") return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`;
  return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : resolved;
}

export const win32: Any = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format(parts: Partial<ParsedPath>): string {
    validateObject(parts, "pathObject");
    return formatPath("\\", parts);
  },
  parse,
  matchesGlob(path: string, pattern: string): boolean {
    validateString(path, "path");
    validateString(pattern, "pattern");
    return matchesPattern(path.replaceAll("\\", "/"), pattern.replaceAll("\\", "/"));
  },
  sep: "\\",
  delimiter: ";",
  _makeLong: toNamespacedPath,
};
