import type { Builtin } from "../builtin.js";

export const inspector: Builtin = {
  name: "inspector",
  support: "polyfill",
  exports: {
    open: { support: "unsupported", reason: "the library's engine has no inspector" },
    Session: { support: "unsupported", reason: "the library's engine has no inspector" },
    waitForDebugger: { support: "unsupported", reason: "the library's engine has no inspector" },
  },
};
