/** The oldest of each tool that builds this, in one place each: messages, checks and pages take them from here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { engineRoot } from "./paths.mjs";

const read = (file, pattern) => pattern.exec(readFileSync(join(engineRoot, file), "utf8"))[1];

export const LEAST = {
  /** What npm refuses to go below. */
  node: read("package.json", /"node": ">=([\d.]+)"/),
  /** What cargo refuses to go below. */
  rust: read("Cargo.toml", /^rust-version = "([\d.]+)"/m),
  /** The oldest that the build and the tests are run with; the shim's code itself runs on older ones. */
  python: "3.11",
};

/** Whether a version is at least another one, both as "1.90" or "1.90.2". */
export function atLeast(version, least) {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number));
  for (const [index, part] of want.entries()) {
    if ((have[index] ?? 0) !== part) return (have[index] ?? 0) > part;
  }
  return true;
}
