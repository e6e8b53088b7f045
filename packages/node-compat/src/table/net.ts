import { useNodeShim, type Builtin } from "../builtin.js";

export const net: Builtin = {
  name: "net",
  support: "polyfill",
  exports: {
    Server: {
      support: "polyfill",
      reason: "it listens on TCP, not on a path, and only while a request runs",
      wayOut: useNodeShim,
    },
    Socket: {
      support: "polyfill",
      reason: "the option fd is refused: the library is given no descriptors",
      wayOut: useNodeShim,
    },
  },
};
