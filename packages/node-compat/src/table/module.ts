import type { Builtin } from "../builtin.js";

export const module: Builtin = {
  name: "module",
  support: "polyfill",
  exports: {
    register: { support: "unsupported", reason: "every module was bundled" },
    registerHooks: { support: "unsupported", reason: "every module was bundled" },
    stripTypeScriptTypes: { support: "unsupported", reason: "every module was bundled" },
    createRequire: {
      support: "polyfill",
      reason:
        "finds what is named by literals and constants, which the build follows, and the built-ins that the bundle holds",
      wayOut: "import what it would load, or name it",
    },
    findSourceMap: { support: "polyfill", reason: "finds none" },
  },
};
