import { isBuiltin } from "./builtin-names.js";
import { nodeError } from "./errors.js";
import { findRequirable } from "./known-modules.js";

/** A module's `import.meta`, for code that takes it apart, passes it on or asks it for more than its place. */
export interface ModuleMeta {
  readonly dirname: string;
  readonly filename: string;
  /** The app's module is imported by what answers its requests. */
  readonly main: boolean;
  readonly resolve: (specifier: string) => string;
  readonly url: string;
}

/**
 * @param root the folder of the function
 * @param path of the module in the package, and the same as in a URL
 */
export function moduleMeta(root: string, path: string, url: string): ModuleMeta {
  const filename = root + path;
  const meta: ModuleMeta = {
    dirname: filename.replace(/\/[^/]*$/, ""),
    filename,
    main: false,
    resolve: (specifier) => resolve(specifier, root, url),
    url: `file://${root}${url}`,
  };
  return Object.assign(Object.create(null) as object, meta);
}

/** A path is resolved against the module, whether or not there is such a file, as Node does. */
function resolve(specifier: string, root: string, url: string): string {
  if (/^\.{0,2}\//.test(specifier)) {
    const path = specifier.startsWith("/") ? specifier : `${root}${url.replace(/[^/]*$/, "")}${specifier}`;
    return `file://${normalize(path)}`;
  }
  if (isBuiltin(specifier)) return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier)) return specifier;
  const key = findRequirable(specifier, url, root)?.key;
  if (key?.startsWith("/") && !key.includes("\0")) return `file://${root}${encodeURI(key)}`;
  const message = `Cannot find package '${specifier}' imported from ${root}${url}: packages are in the bundle, and have no files`;
  throw nodeError(Error, "ERR_MODULE_NOT_FOUND", message);
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `/${parts.join("/")}${/(?:^|\/)\.{0,2}$/.test(path) && parts.length > 0 ? "/" : ""}`;
}
