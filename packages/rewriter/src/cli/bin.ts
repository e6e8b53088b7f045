#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { run } from "./run.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

try {
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    version,
  });
} catch (error) {
  process.stderr.write(
    `laconic-rewrite failed, which is a bug in it: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 3;
}
