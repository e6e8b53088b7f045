import type { Builtin } from "../builtin.js";

export const timers: Builtin = {
  name: "timers",
  support: "overlay",
};
