import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { MODULE_PLACES } from "./module-places.js";

/** Exports those of Node's globals that are evaluated with the app, and what stands for parts of others. */
const GLOBALS = fileURLToPath(new URL("../dist/modules/internal/globals.js", import.meta.url));

/** What CommonJS and ES modules know of their own place, to which module-places.ts adds; and the environment, which is there without the rest of process. */
const DEFINED = {
  "process.env": "laconicProcess.env",
  "process.argv": "laconicProcess.argv",
  "process.platform": "laconicProcess.platform",
  "process.version": "laconicProcess.version",
  "process.pid": "laconicProcess.pid",
  "process.cwd": "laconicProcess.cwd",
  // The clock alone needs no timeline beside it.
  "performance.now": "laconicPerformance.now",
  "performance.timeOrigin": "laconicPerformance.timeOrigin",
  // What most apps say to the console needs no more than the engine's own.
  "console.log": "globalThis.console.log",
  "console.info": "globalThis.console.info",
  "console.debug": "globalThis.console.debug",
  "console.warn": "globalThis.console.warn",
  "console.error": "globalThis.console.error",
  // Programs look for WebCrypto here to see whether there is one.
  "globalThis.crypto": "crypto",
  "global.crypto": "crypto",
  "self.crypto": "crypto",
  ...MODULE_PLACES,
};

/** Gives every module of a bundle Node's globals, each where it is named. */
export const nodeGlobals = { inject: [GLOBALS], define: DEFINED } satisfies BuildOptions;
