import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

/** Exports those of Node's globals that are evaluated with the app, and what stands for parts of others. */
const GLOBALS = fileURLToPath(new URL("../dist/modules/internal/globals.js", import.meta.url));

/** What CommonJS and ES modules know of their own place; and the environment, which is there without the rest of process. */
const DEFINED = {
  "process.env": "engineProcess.env",
  "process.argv": "engineProcess.argv",
  "process.platform": "engineProcess.platform",
  "process.version": "engineProcess.version",
  "process.pid": "engineProcess.pid",
  "process.cwd": "engineProcess.cwd",
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
  __dirname: "moduleDirname",
  __filename: "moduleFilename",
  "import.meta.url": "moduleUrl",
  "import.meta.dirname": "moduleDirname",
  "import.meta.filename": "moduleFilename",
};

/** Gives every module of a bundle Node's globals, each where it is named. */
export const nodeGlobals = { inject: [GLOBALS], define: DEFINED } satisfies BuildOptions;
