import type { Builtin } from "../builtin.js";

export const streamPromises: Builtin = {
  name: "stream/promises",
  support: "polyfill",
};
