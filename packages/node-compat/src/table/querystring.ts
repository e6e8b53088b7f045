import type { Builtin } from "../builtin.js";

export const querystring: Builtin = { name: "querystring", support: "polyfill" };
