// `node tools/licences.mjs`: whether everything that users get from us has a licence that deny.toml allows: the crates in the
// engine, the packages in our packages' files and those that npm installs with them. cargo-deny asks more, in CI.
import { join } from "node:path";
import { TARGETS } from "../packages/engine/build/targets.mjs";
import { crateComponents } from "./licences/crates.mjs";
import { wrongInstalled } from "./licences/installed.mjs";
import { bundledComponents } from "./licences/npm-packages.mjs";
import { root } from "./workspace.mjs";

const parts = [
  // The sources of crates that only other platforms need are not on this machine.
  () => crateComponents(TARGETS[process.arch]),
  ...["rewriter", "provisioner", "bench", "orchestrator"].map(
    (name) => () => bundledComponents(join(root, "packages", name)),
  ),
];
const wrong = [...parts.flatMap(messageOf), ...wrongInstalled()];
for (const line of new Set(wrong)) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;

function messageOf(collect) {
  try {
    collect();
    return [];
  } catch (error) {
    return [error.message];
  }
}
