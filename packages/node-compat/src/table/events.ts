import type { Builtin } from "../builtin.js";

export const events: Builtin = {
  name: "events",
  support: "polyfill",
  exports: {
    getEventListeners: {
      support: "polyfill",
      reason: "finds none of an EventTarget, which keeps them to itself",
    },
  },
};
