import type { Builtin } from "../builtin.js";

export const stream: Builtin = {
  name: "stream",
  support: "polyfill",
  exports: {
    "Readable.fromWeb": { support: "polyfill", reason: "takes whole chunks only, not a BYOB reader's" },
  },
};
