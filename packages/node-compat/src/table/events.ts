import type { Builtin } from "../builtin.js";

export const events: Builtin = {
  name: "events",
  support: "polyfill",
};
