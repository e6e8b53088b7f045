import type { Builtin } from "../builtin.js";

export const diagnosticsChannel: Builtin = {
  name: "diagnostics_channel",
  support: "polyfill",
};
