import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Packages whose whole purpose is to find and load a native addon: whoever imports one of them has one. */
export const ADDON =
  /\.node$|^(?:bindings|node-gyp-build|node-gyp-build-optional-packages|node-pre-gyp|@mapbox\/node-pre-gyp|pkg-prebuilds)$/;

export function isAddon(specifier: string): boolean {
  return ADDON.test(specifier);
}

/** The folder of the package that a file belongs to; undefined outside of node_modules. */
export function packageFolder(file: string): string | undefined {
  return /^.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

export function packageName(folder: string): string {
  return folder.replace(/^.*(?:^|\/)node_modules\//, "");
}

/** Whether a package says that it has a native addon, however it loads it. */
export function isNativePackage(folder: string): boolean {
  if (existsSync(join(folder, "binding.gyp"))) return true;
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    const optional = Object.keys((manifest["optionalDependencies"] ?? {}) as object);
    return (
      ["gypfile", "binary", "napi"].some((field) => Boolean(manifest[field])) ||
      optional.some(isForOnePlatform)
    );
  } catch {
    return false; // no package of npm's, so none that says anything
  }
}

/** `@img/sharp-linux-x64`: what a package leaves to npm to choose is a binary. */
function isForOnePlatform(name: string): boolean {
  return /[-/](?:linux|linuxmusl|darwin|win32)-(?:x64|arm64|arm|ia32)\b/.test(name);
}
