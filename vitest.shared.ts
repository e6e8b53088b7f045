import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The configuration every package's tests share; run from the package's folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: [
      "default",
      ["json", { outputFile: resolve(root, ".reports", `vitest-${basename(process.cwd())}.json`) }],
    ],
    testTimeout: 30_000,
  },
});
