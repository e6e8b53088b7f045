import type { Builtin } from "../builtin.js";

export const readlinePromises: Builtin = {
  name: "readline/promises",
  support: "polyfill",
  reason: "lines are read from streams; there is no terminal",
};
