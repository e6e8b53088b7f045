import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

const engine = fileURLToPath(new URL("test/engine-in-node.ts", import.meta.url));

/** In the tests Node is the engine: what a shipped module takes from the engine, it takes from Node. */
export default mergeConfig(shared, {
  resolve: {
    alias: [{ find: /^laconic:node$/, replacement: engine }],
  },
});
