// Runs a command in a clean clone of what is committed, as on a machine that has nothing: every cache is empty. On a machine that
// has nothing the caches are its own, and the next command finds them filled.
//
//   node tools/fresh.mjs npm run demo
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanClone } from "./clean-clone.mjs";
import { emptyCaches, isNewMachine } from "./empty-caches.mjs";

const command = process.argv.slice(2);
if (command.length === 0) {
  console.error(
    "usage: node tools/fresh.mjs <command> [arguments], for example: node tools/fresh.mjs npm run demo",
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "laconic-fresh-"));
// As a clone is elsewhere: a test runs a script of it as another user.
chmodSync(folder, 0o755);
// Ctrl-C reaches the command too. Stay until it has ended, and remove the folder.
process.on("SIGINT", () => {});
try {
  process.exitCode = runFresh(folder, command);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function runFresh(folder, [program, ...args]) {
  const clone = cleanClone(join(folder, "clone"));
  const started = Date.now();
  const { status, signal, error } = spawnSync(program, args, {
    cwd: clone,
    stdio: ["ignore", "inherit", "inherit"],
    env: isNewMachine() ? process.env : { ...process.env, ...emptyCaches(folder) },
  });
  if (error) console.error(`${program} could not be started: ${error.message}`);
  const ended = status === 0 ? "succeeded" : `failed (${signal ?? status ?? "not started"})`;
  console.log(
    `\nfrom nothing: ${command.join(" ")} ${ended} after ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return status ?? 1;
}
