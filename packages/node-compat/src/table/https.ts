import { noSocketServer, useNodeShim, type Builtin } from "../builtin.js";

export const https: Builtin = {
  name: "https",
  support: "polyfill",
  exports: {
    createServer: {
      support: "polyfill",
      reason: "as http.createServer: " + noSocketServer + ", and TLS ends before it",
      wayOut: useNodeShim,
    },
  },
};
