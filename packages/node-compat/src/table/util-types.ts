import type { Builtin } from "../builtin.js";

export const utilTypes: Builtin = {
  name: "util/types",
  support: "polyfill",
  exports: {
    isFloat16Array: { support: "unsupported", reason: "Node 22 makes no such array without a flag" },
    isExternal: { support: "polyfill", reason: "is never true: there are no external values" },
  },
};
