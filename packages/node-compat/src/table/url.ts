import type { Builtin } from "../builtin.js";

export const url: Builtin = {
  name: "url",
  support: "polyfill",
};
