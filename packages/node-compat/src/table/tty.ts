import type { Builtin } from "../builtin.js";

export const tty: Builtin = {
  name: "tty",
  support: "polyfill",
  exports: {
    ReadStream: { support: "unsupported", reason: "there is no terminal" },
    WriteStream: { support: "unsupported", reason: "there is no terminal" },
  },
};
