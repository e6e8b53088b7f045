import type { Builtin } from "../builtin.js";

const watching = "nothing but the function itself changes its files";
const macOnly = "the system calls are those of macOS; Node on Linux has none either";

export const fs: Builtin = {
  name: "fs",
  support: "polyfill",
  reason: "every call is made when its function is called: its callback or promise comes on a later turn",
  exports: {
    lchmod: { support: "unsupported", reason: macOnly, wayOut: "use chmod" },
    lchmodSync: { support: "unsupported", reason: macOnly, wayOut: "use chmodSync" },
    watch: { support: "unsupported", reason: watching, wayOut: "read the file again" },
    watchFile: { support: "unsupported", reason: watching, wayOut: "use stat" },
  },
};
