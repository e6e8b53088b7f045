import type { Builtin } from "../builtin.js";

const layout =
  "an app that uses only log, info, debug, warn and error has the engine's, which lay objects out in their own way";

export const console: Builtin = {
  name: "console",
  support: "overlay",
  reason: layout,
  exports: {
    clear: { support: "polyfill", reason: "does nothing: there is no terminal" },
    createTask: { support: "polyfill", reason: "runs the task: there is no inspector" },
    context: { support: "polyfill", reason: "gives the console itself: there is no inspector" },
  },
};
