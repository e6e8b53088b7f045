import type { Builtin } from "../builtin.js";

export const cluster: Builtin = {
  name: "cluster",
  support: "polyfill",
  exports: {
    fork: {
      support: "unsupported",
      reason: "the library is one JavaScript thread inside the host process",
      wayOut: "Lambda scales by running more sandboxes: remove the cluster set-up",
    },
    setupPrimary: {
      support: "unsupported",
      reason: "the library is one JavaScript thread inside the host process",
      wayOut: "Lambda scales by running more sandboxes: remove the cluster set-up",
    },
    setupMaster: {
      support: "unsupported",
      reason: "the library is one JavaScript thread inside the host process",
      wayOut: "Lambda scales by running more sandboxes: remove the cluster set-up",
    },
  },
};
