import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const cli = fileURLToPath(new URL("../lib/cli.js", import.meta.url));

/** The clients of the AWS SDK load this module of Node, and nothing else here does. */
async function loadsAws(code: string): Promise<boolean> {
  const print = 'console.log("loaded:", process.moduleLoadList.includes("NativeModule https"));';
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", `${code}\n${print}`], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  return stdout.includes("loaded: true");
}

it("loads nothing of AWS until a command needs it", async () => {
  expect(await loadsAws(`const { run } = await import(${JSON.stringify(cli)}); await run(["--help"]);`)).toBe(
    false,
  );
  expect(
    await loadsAws('const { Aws } = await import("@laconic/provisioner"); await new Aws().client("sts");'),
  ).toBe(true);
});
