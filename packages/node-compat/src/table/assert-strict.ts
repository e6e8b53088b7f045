import type { Builtin } from "../builtin.js";

export const assertStrict: Builtin = {
  name: "assert/strict",
  support: "polyfill",
};
