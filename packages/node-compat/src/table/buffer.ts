import type { Builtin } from "../builtin.js";

export const buffer: Builtin = {
  name: "buffer",
  support: "polyfill",
  exports: {
    resolveObjectURL: { support: "polyfill", reason: "finds nothing: there is no registry of object URLs" },
    "Buffer.poolSize": { support: "polyfill", reason: "is there, but no two buffers share memory" },
  },
};
