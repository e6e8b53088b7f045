import type { Builtin } from "../builtin.js";

export const os: Builtin = {
  name: "os",
  support: "polyfill",
  exports: {
    setPriority: { support: "polyfill", reason: "fails where the host process may not" },
  },
};
