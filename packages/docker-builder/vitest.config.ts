import { configDefaults, mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

// The tests that need a container engine have a run of their own: vitest.docker.config.ts.
export default mergeConfig(shared, { test: { exclude: [...configDefaults.exclude, "test/docker/**"] } });
