import { spawnSync } from "node:child_process";
import { atLeast, LEAST } from "../packages/engine/build/least.mjs";

/** What a machine must have before anything can be built, and the line a user reads when it has not. */
const prerequisites = [
  {
    name: `Node.js ${LEAST.node} or newer`,
    install: "https://nodejs.org, or your package manager's nodejs",
    isThere: () => atLeast(process.versions.node, LEAST.node),
  },
  {
    name: `Python ${LEAST.python} or newer, with venv`,
    install: "apt-get install python3 python3-venv, or https://www.python.org",
    isThere: () =>
      succeeds("python3", [
        "-c",
        `import sys, venv, ensurepip; sys.exit(sys.version_info < (${LEAST.python.replace(".", ", ")}))`,
      ]),
  },
  {
    name: `Rust ${LEAST.rust} or newer`,
    install: "https://rustup.rs",
    isThere: () => atLeast(output("cargo", ["--version"]).split(" ")[1] ?? "0", LEAST.rust),
  },
  {
    name: "a C linker (cc)",
    install: "apt-get install gcc libc6-dev",
    isThere: () => succeeds("cc", ["--version"]),
  },
];

/** Ends the process with one line per missing prerequisite. */
export function requirePrerequisites() {
  const missing = prerequisites.filter(({ isThere }) => !isThere());
  for (const { name, install } of missing) console.error(`missing: ${name}. Install it: ${install}`);
  if (missing.length > 0) process.exit(1);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function output(command, args) {
  return spawnSync(command, args, { encoding: "utf8" }).stdout ?? "";
}
