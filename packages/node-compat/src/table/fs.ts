import type { Builtin } from "../builtin.js";

export const fs: Builtin = { name: "fs", support: "polyfill" };
