/** Packages whose whole purpose is to find and load a native addon: whoever imports one of them has one. */
export const ADDON =
  /\.node$|^(?:bindings|node-gyp-build|node-gyp-build-optional-packages|node-pre-gyp|@mapbox\/node-pre-gyp|pkg-prebuilds)$/;

export function isAddon(specifier: string): boolean {
  return ADDON.test(specifier);
}
