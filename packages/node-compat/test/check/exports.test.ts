import { describe, expect, it } from "vitest";
import { briefly, checkFiles } from "./scratch.js";

describe("an export that the library's version of a built-in lacks", () => {
  it.each<[string, string, string]>([
    ["an import by name", 'import { fork } from "node:child_process";\nfork("ls");', "app.ts:1:10"],
    [
      "an import under another name",
      'import { fork as run } from "child_process";\nrun("ls");',
      "app.ts:1:10",
    ],
    ["a member of a namespace", 'import * as cp from "node:child_process";\ncp.fork("ls");', "app.ts:2:4"],
    ["a member of the default", 'import cp from "node:child_process";\ncp.fork("ls");', "app.ts:2:4"],
    ["a member in brackets", 'import cp from "node:child_process";\ncp["fork"]("ls");', "app.ts:2:5"],
    ["a member of a require", 'require("child_process").fork("ls");', "app.ts:1:26"],
    ["a member of a variable", 'const cp = require("child_process");\ncp.fork("ls");', "app.ts:2:4"],
    ["a destructured require", 'const { fork } = require("child_process");\nfork("ls");', "app.ts:1:9"],
    ["a renamed one", 'const { fork: run } = require("child_process");\nrun("ls");', "app.ts:1:9"],
    [
      "a destructured namespace",
      'import * as cp from "child_process";\nconst { fork } = cp;\nfork("ls");',
      "app.ts:2:9",
    ],
    ["a variable set later", 'let cp;\ncp = require("child_process");\ncp.fork("ls");', "app.ts:3:4"],
    [
      "compiled code",
      'const cp_1 = __importStar(require("child_process"));\ncp_1.default.fork("ls");',
      "app.ts:2:14",
    ],
    [
      "tslib",
      'const cp = tslib_1.__importDefault(require("child_process"));\ncp.default.fork();',
      "app.ts:2:12",
    ],
    ["an argument", 'import { fork } from "node:child_process";\npromisify(fork);', "app.ts:1:10"],
    ["new", 'import { WebSocket } from "node:http";\nnew WebSocket();', "app.ts:1:10"],
    ["extends", 'import { WebSocket } from "node:http";\nexport class A extends WebSocket {}', "app.ts:1:10"],
    [
      "instanceof",
      'import cp from "node:http";\nexport default globalThis instanceof cp.WebSocket;',
      "app.ts:2:41",
    ],
  ])("is found by %s", async (_name, source, place) => {
    const found = source.includes("WebSocket") ? "http#WebSocket" : "child_process#fork";
    expect(await briefly(source)).toEqual([`load node:${found} ${place}`]);
  });

  it.each<[string, string]>([
    ["a function", 'import { fork } from "child_process";\nexport const run = () => fork("ls");'],
    ["a function, by member", 'import cp from "child_process";\nexport const run = () => cp.fork("ls");'],
    ["a branch", 'import cp from "child_process";\nif (process.env.X) cp.fork("ls");'],
    ["a try", 'import cp from "child_process";\ntry { cp.fork("ls"); } catch {}'],
    [
      "a dynamic import",
      'const { fork } = await import("node:child_process");\nexport const run = () => fork("ls");',
    ],
    ["a dynamic import's then", 'import("node:child_process").then(({ fork }) => fork("ls"));'],
    [
      "a value that is only passed on",
      'const { fork } = require("child_process");\nmodule.exports = { fork };',
    ],
    [
      "a wrapper that is called when asked",
      'import { fork } from "child_process";\nexport class A { run() { return new Promise(() => fork("ls")); } }',
    ],
  ])("is only perhaps reached in %s", async (_name, source) => {
    expect(await briefly(source)).toEqual([expect.stringMatching(/^maybe node:child_process#fork app\.ts:/)]);
  });

  it.each<[string, string]>([
    ["another export", 'import { spawn } from "child_process";\nspawn("ls");'],
    [
      "a variable of the same name",
      'import cp from "child_process";\ncp.spawn("ls");\nconst fork = () => 1;\nfork();',
    ],
    [
      "a parameter that hides the module",
      'import cp from "child_process";\ncp.spawn("ls");\nexport const f = (cp: any) => cp.fork();',
    ],
    ["a question whether it is there", 'import cp from "child_process";\nif (cp.fork) cp.spawn("ls");'],
    ["a typeof", 'import cp from "child_process";\nexport default typeof cp.fork === "function";'],
    ["an optional call", 'import cp from "child_process";\nexport default cp.fork?.("ls");'],
    ["an alternative", 'import cp from "child_process";\nexport default cp.fork || cp.spawn;'],
    ["an import that nothing uses", 'import { fork } from "child_process";\nexport default 1;'],
    ["a type", 'import type { WebSocket } from "http";\nexport let socket: WebSocket;'],
  ])("is no finding with %s", async (_name, source) => {
    expect(await briefly(source)).toEqual([]);
  });

  it("is also that of the global process, where it is shadowed by nothing", async () => {
    expect(await briefly('process.dlopen({}, "x");')).toEqual(["load node:process#dlopen app.ts:1:9"]);
    expect(await briefly('export const f = (process: any) => process.dlopen({}, "x");')).toEqual([]);
  });

  it("says what is lacking, why, and what to do", async () => {
    const { ok, findings } = await checkFiles({
      "app.ts": 'import { fork } from "child_process";\nfork("ls");\nfork("cat");',
    });
    expect(ok).toBe(false);
    expect(findings).toMatchObject([
      {
        kind: "export",
        code: "LAC2005",
        module: "node:child_process",
        name: "fork",
        message:
          '"fork" of the Node built-in "node:child_process" is not available in the library: a program that is JavaScript needs a runtime of its own.',
        hint: expect.stringContaining("spawn") as string,
      },
    ]);
  });

  it("is another thing than an export that Node has not either", async () => {
    const { findings } = await checkFiles({
      "app.ts": 'import { nothing } from "fs";\nexport const f = () => nothing;',
    });
    expect(findings).toMatchObject([
      {
        code: "LAC2005",
        name: "nothing",
        reached: "load",
        message: 'The Node built-in "node:fs" has no export "nothing".',
      },
    ]);
  });
});
