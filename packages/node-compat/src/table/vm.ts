import type { Builtin } from "../builtin.js";

export const vm: Builtin = {
  name: "vm",
  support: "polyfill",
  exports: {
    runInContext: {
      support: "unsupported",
      reason: "the library has one realm",
      wayOut: "use runInThisContext, or a parser made for the expressions",
    },
    runInNewContext: {
      support: "unsupported",
      reason: "the library has one realm",
      wayOut: "use runInThisContext, or a parser made for the expressions",
    },
    measureMemory: {
      support: "unsupported",
      reason: "the library has one realm",
      wayOut: "use runInThisContext, or a parser made for the expressions",
    },
    createContext: { support: "polyfill", reason: "marks the object; no code can run in it" },
  },
};
