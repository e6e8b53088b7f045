import type { Builtin } from "../builtin.js";

export const fsPromises: Builtin = { name: "fs/promises", support: "polyfill" };
