import type { Builtin } from "../builtin.js";

export const punycode: Builtin = {
  name: "punycode",
  support: "polyfill",
};
