import type { Builtin } from "../builtin.js";

export const constants: Builtin = {
  name: "constants",
  support: "polyfill",
};
