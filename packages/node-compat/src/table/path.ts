import type { Builtin } from "../builtin.js";

export const path: Builtin = {
  name: "path",
  support: "polyfill",
};
