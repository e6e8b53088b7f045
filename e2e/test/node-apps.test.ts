import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { laconic, scratchApp } from "./laconic.js";

const APP = `import { createServer } from "node:http";
import { http, lambda, main } from "@laconic/runtime/library";

createServer((request, response) => response.end("heard " + request.url)).listen(0);

function three(): never {
  throw new TypeError("deep");
}

main("Site", "answers as its server does", [
  http("site", { memorySize: 256 }),
  lambda("deep", () => three()),
  lambda("later", () => new Promise(() => setTimeout(three, 1))),
]);
`;

describe.each(["node", "proxy"])("an app in Lambda's Node: %s", (shim) => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  beforeAll(async () => {
    app = await scratchApp({ "app.ts": APP });
    await laconic(["build", app.file("app.ts"), "--shim", shim]);
  }, 60_000);
  afterAll(() => app.remove());

  async function invoke(...args: string[]): Promise<unknown> {
    const { stdout } = await laconic(["invoke", app.file("app.ts"), ...args, "--no-build", "--json"]);
    return (JSON.parse(stdout) as { invocations: unknown[] }).invocations[0];
  }

  it("answers by the server that it listens with", async () => {
    expect(await invoke("site", "--http", "GET /x")).toMatchObject({
      payload: { statusCode: 200, body: "heard /x" },
    });
  });

  it("names the author's own lines in stack traces", async () => {
    expect(await invoke("deep")).toMatchObject({
      kind: "error",
      payload: {
        errorType: "TypeError",
        trace: expect.arrayContaining([expect.stringMatching(/at three \(app\.ts:7:9\)/)]),
      },
    });
  });

  it("fails the request that an exception in a timer belongs to, at once", async () => {
    expect(await invoke("later")).toMatchObject({
      kind: "error",
      payload: { errorType: "TypeError", errorMessage: "deep" },
    });
  });
});

// Without HTTP nothing else in the bundle uses URL, so that the bundler keeps the app's name for it.
it.each(["node", "proxy"])("an app may declare the names of globals at its top level: %s", async (shim) => {
  const app = await scratchApp({
    "app.ts": `import { lambda, main } from "@laconic/runtime/library";
const URL = "6ba7b811";
const require = "r";
const process = "p";
main("Names", "", [lambda("names", () => [URL, require, process, import.meta.url.startsWith("file:///")])]);
`,
  });
  try {
    const args = ["invoke", app.file("app.ts"), "names", "--shim", shim, "--json"];
    const { stdout } = await laconic(args);
    expect(JSON.parse(stdout)).toMatchObject({ invocations: [{ payload: ["6ba7b811", "r", "p", true] }] });
  } finally {
    await app.remove();
  }
});
