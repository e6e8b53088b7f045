import type { Builtin } from "../builtin.js";

export const pathPosix: Builtin = {
  name: "path/posix",
  support: "polyfill",
};
