import type { Builtin } from "../builtin.js";

export const streamWeb: Builtin = {
  name: "stream/web",
  support: "polyfill",
  reason: "errors are worded as web-streams-polyfill words them, and have no code",
};
