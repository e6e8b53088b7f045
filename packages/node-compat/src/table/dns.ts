import type { Builtin } from "../builtin.js";

export const dns: Builtin = { name: "dns", support: "polyfill" };
