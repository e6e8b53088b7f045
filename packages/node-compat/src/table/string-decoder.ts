import type { Builtin } from "../builtin.js";

export const stringDecoder: Builtin = {
  name: "string_decoder",
  support: "polyfill",
};
