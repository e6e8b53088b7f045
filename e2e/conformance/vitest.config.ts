import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

// Each test builds an app and runs it three times, which a busy machine makes slow: these limits only end what hangs.
export default mergeConfig(shared, {
  test: { testTimeout: 300_000, hookTimeout: 120_000, maxConcurrency: 2 },
});
