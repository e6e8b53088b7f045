import type { Builtin } from "../builtin.js";

export const dnsPromises: Builtin = { name: "dns/promises", support: "polyfill" };
