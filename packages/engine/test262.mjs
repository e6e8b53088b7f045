/**
 * Holds the patched QuickJS against the language's test suite, as far as the original passes it:
 * `node test262.mjs <folder with tc39/test262>`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { fail } from "./build/failure.mjs";
import { phase } from "./build/phase.mjs";
import { test262 } from "./build/test262.mjs";

const [checkout] = process.argv.slice(2);
if (!checkout || !existsSync(join(checkout, "harness/assert.js"))) {
  fail("usage: node test262.mjs <folder with tc39/test262: git clone https://github.com/tc39/test262>");
}
const { cases, patched } = test262(checkout);
for (const name of patched) phase(`only with the patches: ${name}`);
phase(`test262: ${cases}; ${patched.length} fail with the patches only`);
process.exitCode = patched.length > 0 ? 1 : 0;
