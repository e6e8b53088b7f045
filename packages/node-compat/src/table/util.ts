import type { Builtin } from "../builtin.js";

export const util: Builtin = {
  name: "util",
  support: "polyfill",
  exports: {
    inspect: { support: "polyfill", reason: "shows no entries of Map and Set iterators" },
    getCallSite: { support: "polyfill", reason: "is getCallSites" },
    transferableAbortController: {
      support: "polyfill",
      reason: "makes an ordinary one: there is one thread",
    },
    transferableAbortSignal: { support: "polyfill", reason: "gives the signal itself: there is one thread" },
    setTraceSigInt: { support: "polyfill", reason: "does nothing" },
  },
};
