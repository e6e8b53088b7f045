// `npm run demo`: builds the sample apps and invokes every function of theirs as Lambda would.
import { requirePrerequisites } from "./prerequisites.mjs";
import { installPackages, nx, phase, run } from "./workspace.mjs";

requirePrerequisites();
const ready = installPackages() && build();
process.exitCode = ready && run("node", ["e2e/demo/run.mjs"]) ? 0 : 1;

function build() {
  phase("building (the engine takes minutes the first time)");
  return nx("run-many", "-t", "build", "--output-style=static", "--parallel=2");
}
