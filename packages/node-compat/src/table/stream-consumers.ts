import type { Builtin } from "../builtin.js";

export const streamConsumers: Builtin = {
  name: "stream/consumers",
  support: "polyfill",
};
