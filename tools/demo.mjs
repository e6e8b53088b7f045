// `npm run demo`: builds the sample apps and invokes every function of theirs as Lambda would.
import { requirePrerequisites } from "./prerequisites.mjs";
import { setUp } from "./setup.mjs";
import { run } from "./workspace.mjs";

requirePrerequisites();
const ready = await setUp("--output-style=static");
process.exitCode = ready && run("node", ["e2e/demo/run.mjs"]) ? 0 : 1;
