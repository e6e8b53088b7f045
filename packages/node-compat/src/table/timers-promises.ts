import type { Builtin } from "../builtin.js";

export const timersPromises: Builtin = {
  name: "timers/promises",
  support: "polyfill",
};
