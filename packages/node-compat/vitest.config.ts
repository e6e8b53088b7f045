import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

const engine = fileURLToPath(new URL("test/engine-in-node.ts", import.meta.url));

/** In the tests Node is the engine: what a shipped module takes from the engine's built-in, it takes from Node's. */
export default mergeConfig(shared, {
  resolve: {
    alias: [
      { find: /^engine:/, replacement: "node:" },
      { find: /^laconic:node$/, replacement: engine },
    ],
  },
});
