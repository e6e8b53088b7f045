import type { Builtin } from "../builtin.js";

export const zlib: Builtin = { name: "zlib", support: "polyfill" };
