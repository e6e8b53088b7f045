import type { Builtin } from "../builtin.js";

export const crypto: Builtin = { name: "crypto", support: "polyfill" };
