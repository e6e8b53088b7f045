// What an emulated account holds, service by service.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { awsTools } from "./environment.mjs";

const run = promisify(execFile);
const script = fileURLToPath(new URL("inventory.py", import.meta.url));

export async function inventory(endpoint) {
  const { stdout } = await run(join(awsTools(), "python"), [script, endpoint], {
    env: { ...process.env, AWS_DEFAULT_REGION: process.env.AWS_REGION },
  });
  return JSON.parse(stdout);
}
