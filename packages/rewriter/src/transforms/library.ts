import { exportLambda } from "./export-lambda.js";
import { locateMain } from "./locate-main.js";
import { mainToInit } from "./main-to-init.js";
import { runAtLoad } from "./run-at-load.js";
import type { Transform } from "./transform.js";

/**
 * What the build needs of an entry module: the call of `main()` found, the function around it named `init` and run while
 * the module loads, and the engine's one entry point exported. Done once, it changes nothing the second time.
 */
export const library: Transform = (piece) => {
  const call = locateMain(piece);
  if (call === undefined) return;
  const names = mainToInit(piece, call);
  runAtLoad(piece, call, names);
  exportLambda(piece);
};
