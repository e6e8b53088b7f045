import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

// AWS's schemas take seconds to load, on a busy machine many: these limits only end what hangs.
export default mergeConfig(shared, { test: { testTimeout: 600_000, hookTimeout: 600_000 } });
