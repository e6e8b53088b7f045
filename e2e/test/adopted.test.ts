import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { invokePackage } from "@laconic/bench";
import { describe, expect, it } from "vitest";
import { build, scratchApp } from "./laconic.js";

// The rewriter's own tests run all of the corpus in Node; these are the kinds of which a library is made in a way of its own.
const CORPUS = fileURLToPath(new URL("../../packages/rewriter/test/corpus/fixtures/", import.meta.url));
const REWRITE = fileURLToPath(new URL("../../node_modules/.bin/laconic-rewrite", import.meta.url));

const request = (path: string): object => ({
  version: "2.0",
  rawPath: path,
  rawQueryString: "",
  headers: { host: "localhost" },
  requestContext: { http: { method: "GET", path }, stage: "$default" },
});
const answers = (body: string): object => ({ statusCode: 200, body });

const entries: [entry: string, name: string, event: object, expected: unknown][] = [
  ["listening/after-io-try.mjs", "site", request("/"), answers('{"connected":true}')],
  ["listening/after-io-callback.js", "site", request("/"), answers('{"connected":true}')],
  ["listening/main-module.js", "site", request("/"), answers("module")],
  ["listening/own-class.js", "site", request("/"), answers("own class")],
  ["listening/handed-on.js", "site", request("/missing"), answers("socket")],
  ["adapters/proxy-logs-event.js", "handler", request("/"), answers('{"shared":true}')],
  ["handlers/export-equals.ts", "handler", { name: "world" }, { greeting: "hello world" }],
  [
    "handlers/import-beside-module-exports.js",
    "handler",
    { name: "" },
    { hash: "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
  ],
  ["handlers/re-export-renamed.mjs", "handler", { name: "world" }, "greeted world"],
  ["callbacks/maybe-error.js", "handler", { name: "good" }, null],
];

describe("an adopted app", () => {
  it.each(entries)("%s answers in a library", async (entry, name, event, expected) => {
    const app = await scratchApp({ "package.json": "{}\n", ...filesBeside(entry) });
    try {
      execFileSync(REWRITE, ["adopt", entry, "--write", "--force", "--quiet"], {
        cwd: app.folder,
        stdio: "pipe",
      });
      expect(await answer(app.file(entry), name, event)).toEqual(
        expected !== null && typeof expected === "object" ? expect.objectContaining(expected) : expected,
      );
    } finally {
      await app.remove();
    }
  });
});

/** An entry of the corpus with the modules that its folder shares. */
function filesBeside(entry: string): Record<string, string> {
  const shared = join(dirname(entry), "shared");
  const found = existsSync(join(CORPUS, shared)) ? readdirSync(join(CORPUS, shared)) : [];
  const paths = [entry, ...found.map((name) => join(shared, name))];
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(CORPUS, path), "utf8")]));
}

async function answer(entry: string, name: string, event: object): Promise<unknown> {
  const { folder, package: zip, functions } = await build(entry);
  const { handler } = functions.find((each) => each.name === name)!;
  const { invocations } = await invokePackage({
    zipPath: join(folder, zip),
    handler,
    functionName: name,
    events: [JSON.stringify(event)],
  });
  return JSON.parse(invocations[0]!.payload.toString());
}
