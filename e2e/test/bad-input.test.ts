import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { laconic, scratchApp } from "./laconic.js";

const IMPORT = 'import { lambda, main } from "@laconic/runtime/library";\n';
const ONE = 'lambda("one", () => 1)';
const ENTRY = `${IMPORT}main("Small", "one function", [${ONE}]);\n`;

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Arguments; `app.ts` stands for the entry's path. */
  readonly args?: readonly string[];
  readonly input?: string;
  readonly exitCode: number;
  /** What the message must hold: its code, and the name of file, line or function. */
  readonly says: readonly (string | RegExp)[];
}

const cases: readonly Case[] = [
  {
    what: "no main call",
    files: { "app.ts": "export const one = 1;\n" },
    exitCode: 1,
    says: [/LAC1\d{3}/, "app.ts", "main"],
  },
  {
    what: "two main calls",
    files: { "app.ts": ENTRY + `main("Two", "", [${ONE}]);\n` },
    exitCode: 1,
    says: [/LAC1\d{3}/, "app.ts:3"],
  },
  {
    what: "a main call outside the entry module",
    files: { "app.ts": 'import "./service.js";\n', "service.ts": ENTRY },
    exitCode: 1,
    says: [/LAC1\d{3}/, /service\.ts:2/, "app.ts"],
  },
  {
    what: "a syntax error",
    files: { "app.ts": `${IMPORT}const x = (;\n` },
    exitCode: 1,
    says: [/LAC\d{4}/, "app.ts:2"],
  },
  {
    what: "a syntax error in another module",
    files: { "app.ts": `import "./x.js";\n${ENTRY}`, "x.ts": "\nlet let = 1 1;\n" },
    exitCode: 1,
    says: ["LAC2004", "x.ts:2"],
  },
  {
    what: "an import that is not there",
    files: { "app.ts": `import "./gone.js";\n${ENTRY}` },
    exitCode: 1,
    says: ["LAC2002", "app.ts:1", "./gone.js"],
  },
  {
    what: "an app that throws while it loads",
    files: { "app.ts": `${ENTRY}throw new TypeError("not today");\n` },
    exitCode: 1,
    says: ["LAC5004", "not today"],
  },
  {
    what: "two functions of one name",
    files: { "app.ts": `${IMPORT}main("S", "", [${ONE}, ${ONE}]);\n` },
    exitCode: 1,
    says: ["LAC5004", "one"],
  },
  {
    what: "an export that a built-in does not have",
    files: { "app.ts": `import { nothing } from "node:fs";\n${ENTRY}console.log(nothing);\n` },
    exitCode: 1,
    says: ["LAC2005", "nothing", "app.ts:1"],
  },
  { what: "an entry that is not there", files: {}, exitCode: 1, says: ["LAC8001", "app.ts", "no such file"] },
  {
    what: "an entry that is a folder",
    files: { "app.ts/x.ts": "" },
    exitCode: 1,
    says: ["LAC8001", "folder"],
  },
  {
    what: "an entry that is not UTF-8",
    files: { "app.ts": new Uint8Array([0xff, 0xfe, 0x41]) },
    exitCode: 1,
    says: ["LAC8001", "UTF-8"],
  },
  { what: "an empty entry", files: { "app.ts": "" }, exitCode: 1, says: [/LAC1\d{3}/, "app.ts"] },
  {
    what: "an unknown function",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "two"],
    exitCode: 1,
    says: ["LAC8002", '"two"', "one"],
  },
  {
    what: "an event that is not JSON",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "one", "{name:x}"],
    exitCode: 1,
    says: ["LAC8003", "{name:x}"],
  },
  {
    what: "an event on standard input that is not JSON",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "one", "-"],
    input: "nope",
    exitCode: 1,
    says: ["LAC8003", "standard input"],
  },
  {
    what: "an event file that is not there",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "one", "@gone.json"],
    exitCode: 1,
    says: ["LAC8003", "gone.json"],
  },
  {
    what: "something that is no HTTP request",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "one", "--http", "fetch it"],
    exitCode: 1,
    says: ["LAC8004", "GET /"],
  },
  {
    what: "--no-build without a build",
    files: { "app.ts": ENTRY },
    args: ["invoke", "app.ts", "one", "--no-build"],
    exitCode: 1,
    says: ["LAC8006", "npx @laconic/cli build"],
  },
  {
    what: "a bucket that S3 cannot have",
    files: { "app.ts": ENTRY },
    args: ["provision", "app.ts", "--noop", "-s", "Upper_Case"],
    exitCode: 2,
    says: ["--s3Bucket", "lower-case letters"],
  },
  {
    what: "--no-build with what an older version built",
    files: { "app.ts": ENTRY, ".laconic/manifest.json": '{ "manifestVersion": 1 }' },
    args: ["invoke", "app.ts", "one", "--no-build"],
    exitCode: 1,
    says: ["LAC8006", "another version", "npx @laconic/cli build"],
  },
  {
    what: "a handler that throws",
    files: {
      "app.ts": `${IMPORT}main("S", "", [lambda("bad", () => { throw new RangeError("too far"); })]);\n`,
    },
    args: ["invoke", "app.ts", "bad"],
    exitCode: 1,
    says: ["RangeError", "too far"],
  },
  {
    what: "a folder that cannot be written",
    files: { "app.ts": ENTRY, "a-file": "" },
    args: ["build", "app.ts", "--out-dir", "a-file/out"],
    exitCode: 1,
    says: ["LAC8005", "--out-dir"],
  },
  { what: "an unknown command", files: {}, args: ["biuld"], exitCode: 2, says: ["biuld", "build"] },
  {
    what: "an unknown option",
    files: {},
    args: ["build", "app.ts", "--jsn"],
    exitCode: 2,
    says: ["--jsn", "--json"],
  },
  { what: "a missing argument", files: {}, args: ["build"], exitCode: 2, says: ["entry"] },
  {
    what: "a number that is none",
    files: {},
    args: ["invoke", "app.ts", "one", "--times", "many"],
    exitCode: 2,
    says: ["--times", "whole number"],
  },
  {
    what: "a variable that is none",
    files: {},
    args: ["invoke", "app.ts", "one", "--env", "NAME"],
    exitCode: 2,
    says: ["NAME=VALUE"],
  },
];

describe("bad input", () => {
  it.each(cases)(
    "$what: one clear message and exit code $exitCode",
    async ({ files, args, input, exitCode, says }) => {
      const app = await scratchApp(files);
      try {
        const before = files["app.ts"];
        const asked = (args ?? ["build", "app.ts"]).map((arg) => (arg === "app.ts" ? app.file(arg) : arg));
        const ended = await laconic(asked, { cwd: app.folder, ...(input === undefined ? {} : { input }) });
        const said = ended.stdout + ended.stderr;
        for (const text of says)
          expect(said).toMatch(typeof text === "string" ? new RegExp(escape(text)) : text);
        expect(said).not.toContain("internal error");
        expect(ended.exitCode).toBe(exitCode);
        if (before !== undefined)
          expect((await readFile(app.file("app.ts"))).equals(Buffer.from(before))).toBe(true);
      } finally {
        await app.remove();
      }
    },
  );

  it("gives the error as JSON to a machine that asked for JSON", async () => {
    const app = await scratchApp({ "app.ts": "export {};\n" });
    const { stdout, exitCode } = await laconic(["build", app.file("app.ts"), "--json"]).finally(app.remove);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: expect.stringMatching(/^LAC1/), message: expect.any(String) },
    });
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
