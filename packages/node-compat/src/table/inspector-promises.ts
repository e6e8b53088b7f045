import type { Builtin } from "../builtin.js";

export const inspectorPromises: Builtin = {
  name: "inspector/promises",
  support: "polyfill",
  exports: {
    open: { support: "unsupported", reason: "the library's engine has no inspector" },
    Session: { support: "unsupported", reason: "the library's engine has no inspector" },
    waitForDebugger: { support: "unsupported", reason: "the library's engine has no inspector" },
  },
};
