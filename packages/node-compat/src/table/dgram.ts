import type { Builtin } from "../builtin.js";

export const dgram: Builtin = { name: "dgram", support: "polyfill" };
