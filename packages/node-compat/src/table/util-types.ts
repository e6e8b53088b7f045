import type { Builtin } from "../builtin.js";

export const utilTypes: Builtin = {
  name: "util/types",
  support: "polyfill",
  exports: {
    isExternal: { support: "polyfill", reason: "is never true: there are no external values" },
  },
};
