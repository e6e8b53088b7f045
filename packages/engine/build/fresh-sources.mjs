/** Making cargo see that another clone's sources are not this one's. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { engineRoot } from "./paths.mjs";

/**
 * Clones share cargo's target folder, in which a crate is known by its place in the workspace and its artifacts are
 * taken for fresh when they are newer than its files. Those of another clone may be newer and made of other sources:
 * where the last build was of other sources than these, these are made newer.
 */
export function markChangedSources(target) {
  const files = sources();
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(engineRoot, file)))
      .update("\0");
  const digest = hash.digest("hex");
  const record = join(target, "laconic-sources");
  if (read(record) === digest) return;
  const now = new Date();
  for (const file of files) utimesSync(join(engineRoot, file), now, now);
  mkdirSync(target, { recursive: true });
  writeFileSync(record, digest);
}

function sources() {
  return ["crates", "fuzz"].flatMap((folder) =>
    readdirSync(join(engineRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(engineRoot.length + 1))
      .sort(),
  );
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // no build yet
  }
}
