import { mergeConfig } from "vitest/config";
import shared from "../vitest.shared.js";

// Each test runs whole builds and sandboxes, which a busy machine makes slow: these limits only end what hangs.
export default mergeConfig(shared, { test: { testTimeout: 180_000, hookTimeout: 300_000 } });
