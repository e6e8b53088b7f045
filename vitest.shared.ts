import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Elsewhere for a run inside a test, so that it does not overwrite the report of the run that it is part of. */
const reports = process.env["LACONIC_REPORTS"] ?? resolve(root, ".reports");

/** What vitest tells the total: one report for each run of each package, in a folder of the package's name. */
function reporters(run: string) {
  const outputFile = resolve(reports, relative(root, process.cwd()), `vitest${run}.json`);
  return ["default", ["json", { outputFile }]] satisfies [string, [string, { outputFile: string }]];
}

/** The configuration every package's tests share; run from the package's folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: [resolve(root, "vitest.setup.ts")],
    reporters: reporters(""),
    testTimeout: 30_000,
  },
});

/** The configuration of tests that need a container engine, which is started before the first and ended after the last. */
export function dockerTests(include: string) {
  return defineConfig({
    test: {
      include: [include],
      setupFiles: [resolve(root, "vitest.setup.ts")],
      reporters: reporters("-docker"),
      // One engine: each file looks at the containers that it has.
      fileParallelism: false,
      globalSetup: resolve(root, "tools/docker.mjs"),
      // These limits only end what hangs: a busy machine makes containers slow.
      testTimeout: 180_000,
      hookTimeout: 300_000,
    },
  });
}
