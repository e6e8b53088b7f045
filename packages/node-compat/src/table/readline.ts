import type { Builtin } from "../builtin.js";

export const readline: Builtin = {
  name: "readline",
  support: "polyfill",
  reason: "lines are read from streams; there is no terminal",
  exports: {
    emitKeypressEvents: { support: "polyfill", reason: "does nothing: there is no terminal" },
  },
};
