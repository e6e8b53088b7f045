import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { laconic, scratchApp, type Ended } from "./laconic.js";
import { node22 } from "./node-22.js";

/** Several builds: this limit only ends what hangs. */
const LONG = 600_000;

const FILES = {
  "app.js": `
import { lambda, main } from "@laconic/runtime/library";
function start() {
  return main("OwnService", "Its own command", [lambda("hello", (event) => ({ hello: event.name }))]);
}
start();
// An app may keep itself alive: its command ends all the same.
setInterval(() => {}, 1000);
`,
  "typed.ts": `
import { lambda, main } from "@laconic/runtime/library";
interface Greeting { readonly name: string }
main("OwnService", "Its own command", [lambda("hello", (event: Greeting) => ({ hello: event.name }))]);
`,
  "importing.js": `
import "./app.js";
console.log("imported", process.argv.slice(2).join());
process.exit(0);
`,
  "loading.js": `
await import("./app.js");
console.log("loaded", process.argv.slice(2).join());
process.exit(0);
`,
  "requiring.cjs": `
require("./registered.cjs");
console.log("required", process.argv.slice(2).join());
`,
  "registered.cjs": `
const { lambda, main } = require("@laconic/runtime");
main("OwnService", "", [lambda("hello", (event) => event)]);
`,
  "laconic.config.ts": `
import { defineConfig } from "@laconic/cli/config";
export default defineConfig({
  commands: {
    seed: {
      description: "fill a table",
      args: "<table>",
      flags: { "--count <n>": "how many rows", "--fail": "fail" },
      run({ args, flags }) {
        if (flags.fail) throw new Error("no rows");
        console.log(\`\${args} \${flags.count} \${flags.stage}\`);
      },
    },
  },
  provision: {
    flags: { "--canary <percent>": "share of the new version" },
    template(template, { flags }) {
      template.Metadata = { canary: flags.canary ?? "none" };
    },
  },
});
`,
};

let app: Awaited<ReturnType<typeof scratchApp>>;
beforeAll(async () => {
  app = await scratchApp(FILES);
});
afterAll(() => app?.remove());

function run(program: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { cwd: app.folder, env: { ...process.env, NO_COLOR: "1" } },
      (error, stdout, stderr) => {
        const code = error?.code;
        resolve({ exitCode: error ? (typeof code === "number" ? code : -1) : 0, stdout, stderr });
      },
    );
  });
}

const node = (...args: string[]) => run(process.execPath, ...args);

describe("an app that is run", () => {
  it(
    "is its own command, the same as laconic with its file",
    async () => {
      const own = await node("app.js", "template");
      expect(own.exitCode, own.stderr).toBe(0);
      const other = await laconic(["template", "app.js"], { cwd: app.folder });
      expect(own.stdout).toBe(other.stdout);
      const invoked = await node("app.js", "invoke", "hello", '{"name":"you"}', "--no-build", "--quiet");
      expect(JSON.parse(invoked.stdout)).toEqual({ hello: "you" });
      const noop = await node("app.js", "provision", "-s", "bucket", "--noop", "--json", "--no-build");
      expect(JSON.parse(noop.stdout)).toMatchObject({ stackName: "OwnService", outcome: "noop" });
    },
    LONG,
  );

  it(
    "may be TypeScript, for a Node that runs it",
    async () => {
      const typed = await run(await node22(), "typed.ts", "template", "--quiet");
      expect(typed.exitCode, typed.stderr).toBe(0);
      expect(JSON.parse(typed.stdout)).toMatchObject({ Description: "Its own command" });
    },
    LONG,
  );

  it("names itself in its help, and no command takes its file", async () => {
    const { stdout } = await node("app.js", "provision", "--help");
    expect(stdout).toMatch(/^Usage: node app\.js provision \[options\]\n/);
    expect((await node("app.js", "--help")).stdout).toContain("Usage: node app.js");
  });

  it("says what is wrong with the command line, and ends", async () => {
    const { exitCode, stderr } = await node("app.js", "provison");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/unknown command 'provison'\n\(Did you mean provision\?\)/);
  });

  it.each([
    ["importing.js", "imported"],
    ["loading.js", "loaded"],
    ["requiring.cjs", "required"],
  ])("is no command of another script that takes it in: %s", async (script, said) => {
    // Node 22, because the runtime is an ES module.
    const { exitCode, stdout, stderr } = await run(await node22(), "--no-warnings", script, "template");
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${said} template\n`, stderr: "" });
  });
});

describe("commands and flags of the configuration", () => {
  it("join the app's and laconic's", async () => {
    const own = await node("app.js", "seed", "users", "--count", "3", "--stage", "dev");
    expect(own).toMatchObject({ exitCode: 0, stdout: "users 3 dev\n" });
    const other = await laconic(["seed", "app.js", "users", "--count", "4"], { cwd: app.folder });
    expect(other.stdout).toBe("users 4 undefined\n");
    expect((await laconic(["--help"], { cwd: app.folder })).stdout).toMatch(/seed .*fill a table/);
  });

  it("fail with the user's own message and place", async () => {
    const { exitCode, stderr } = await node("app.js", "seed", "users", "--fail");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/LAC8016 The command "seed" failed: no rows/);
    expect(stderr).toMatch(/laconic\.config\.ts:\d+/);
  });

  it(
    "reach the hook over the template",
    async () => {
      const { stdout } = await node("app.js", "template", "--canary", "10", "--quiet");
      expect(JSON.parse(stdout)).toMatchObject({ Metadata: { canary: "10" } });
    },
    LONG,
  );
});
