import type { Builtin } from "../builtin.js";

export const pathWin32: Builtin = {
  name: "path/win32",
  support: "polyfill",
};
