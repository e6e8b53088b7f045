import { useNodeShim, type Builtin } from "../builtin.js";

export const childProcess: Builtin = {
  name: "child_process",
  support: "polyfill",
  reason: "a Lambda sandbox has few programs to run",
  exports: {
    fork: {
      support: "unsupported",
      reason: "a program that is JavaScript needs a runtime of its own",
      wayOut: `use spawn, or ${useNodeShim}`,
    },
  },
};
