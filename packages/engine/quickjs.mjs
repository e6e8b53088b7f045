/**
 * For who carries QuickJS's patches on:
 *
 *   node quickjs.mjs unpack <folder>               writes the sources there, one git commit a patch
 *   node quickjs.mjs write <folder>                writes the commits back as patches
 *   node quickjs.mjs upstream <checkout> <folder>  tries the patches on upstream's, with upstream's own tests
 */
import { fail } from "./build/failure.mjs";
import { phase } from "./build/phase.mjs";
import { unpack, upstream, write } from "./build/quickjs-patches.mjs";

const [command, ...folders] = process.argv.slice(2);
const commands = {
  unpack(folder) {
    unpack(folder);
    phase(`edit and rebase there (the tag "published" is the start), then: node quickjs.mjs write ${folder}`);
  },
  write(folder) {
    phase(`${write(folder)} patches written`);
  },
  upstream(checkout, folder) {
    const { left, failed } = upstream(checkout, folder);
    for (const name of left) phase(`does not fit: ${name}`);
    for (const name of failed) phase(`fails with the patches only: ${name}`);
    phase(`upstream: ${left.length} patches do not fit, ${failed.length} tests fail with the others only`);
    process.exitCode = left.length + failed.length > 0 ? 1 : 0;
  },
};
if (!Object.hasOwn(commands, command ?? "") || folders.length !== commands[command].length) {
  fail("usage: node quickjs.mjs unpack <folder> | write <folder> | upstream <checkout> <folder>");
}
commands[command](...folders);
