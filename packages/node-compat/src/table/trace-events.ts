import type { Builtin } from "../builtin.js";

export const traceEvents: Builtin = {
  name: "trace_events",
  support: "polyfill",
  reason: "nothing traces",
};
