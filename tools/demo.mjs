// `npm run demo`: builds the sample apps and invokes every function of theirs as Lambda would.
import { Durations } from "./durations.mjs";
import { requirePrerequisites } from "./prerequisites.mjs";
import { setUp } from "./setup.mjs";
import { run } from "./workspace.mjs";

requirePrerequisites();
const durations = new Durations();
// Without the packages that only tests need, which are two thirds of all.
const ready = await setUp(["--output-style=static"], durations, {
  workspaces: ["packages", "e2e/apps"],
  meanwhile: () => run("node", ["e2e/demo/prepare.mjs"]),
});
const shown = ready && (await durations.of("apps", () => run("node", ["e2e/demo/run.mjs"])));
console.log(`\n${durations} (the engine is built beside npm and the packages)`);
process.exitCode = shown ? 0 : 1;
