import type { Builtin } from "../builtin.js";

export const sys: Builtin = {
  name: "sys",
  support: "polyfill",
};
