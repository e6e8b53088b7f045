import type { Builtin } from "../builtin.js";
import { assert } from "./assert.js";

export const assertStrict: Builtin = {
  name: "assert/strict",
  support: "polyfill",
  exports: assert.exports!,
};
