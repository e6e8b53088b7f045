import type { Builtin } from "../builtin.js";

export const fsPromises: Builtin = {
  name: "fs/promises",
  support: "polyfill",
  exports: {
    lchmod: {
      support: "unsupported",
      reason: "the system call is one of macOS; Node on Linux has none either",
      wayOut: "use chmod",
    },
    watch: {
      support: "unsupported",
      reason: "nothing but the function itself changes its files",
      wayOut: "read the file again",
    },
  },
};
