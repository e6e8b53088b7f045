import { join } from "node:path";
import { invokePackage } from "@laconic/bench";
import { bundle } from "@laconic/node-compat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build, scratchApp, type Built } from "./laconic.js";

const event = (path: string): string =>
  JSON.stringify({
    version: "2.0",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "localhost" },
    requestContext: { http: { method: "GET", path }, stage: "$default" },
  });

/** No module of this app names node:http, but for a type. */
const LISTENERS = `import { http, main } from "@laconic/runtime/library";
import type { RequestListener } from "node:http";

const typed: RequestListener = (request, response) => void response.end("typed " + request.url);
const make = (text: string) => (request: { url: string }, response: { end(text: string): void }) =>
  response.end(text + request.url);
async function later(): Promise<RequestListener> {
  return typed;
}

main("Listeners", "apps that are listeners", [
  http("inline", (request, response) => response.end("inline " + request.url)),
  http("typed", typed),
  http("made", make("made ")),
  http("later", later()),
  http("fetch", (request: Request) => new Response("fetch " + new URL(request.url).pathname)),
]);
`;

const server = (...ports: number[]): string => `import { http, main } from "@laconic/runtime/library";
import { createServer } from "node:http";

main("Servers", "an app that listens", [http("site", { memorySize: 256 })]);
for (const port of ${JSON.stringify(ports)}) {
  createServer((request, response) => void response.end(port + request.url!)).listen(port);
}
`;

describe("a listener of the app's own", () => {
  let built: Built;
  const app = scratchApp({ "app.ts": LISTENERS });

  beforeAll(async () => {
    built = await build((await app).file("app.ts"));
  });
  afterAll(async () => (await app).remove());

  it.each([
    ["inline", "inline /a"],
    ["typed", "typed /a"],
    ["made", "made /a"],
    ["later", "typed /a"],
    ["fetch", "fetch /a"],
  ])("%s answers in an app that imports no http module", async (name, body) => {
    expect(await answer(built, name)).toMatchObject({ statusCode: 200, body });
  });
});

describe("an app that listens", () => {
  it.each([
    ["on one port", [3000], { statusCode: 200, body: "3000/a" }],
    [
      "on two",
      [3000, 3001],
      { errorMessage: expect.stringMatching(/the app listens on 3000 and 3001$/) as unknown },
    ],
    ["on none", [], { errorMessage: expect.stringMatching(/no server of the app listens$/) as unknown }],
  ])("%s", async (_, ports, expected) => {
    const app = await scratchApp({ "app.ts": server(...ports) });
    try {
      expect(await answer(await build(app.file("app.ts")), "site")).toMatchObject(expected);
    } finally {
      await app.remove();
    }
  });
});

describe("what calls listeners", () => {
  it.each([
    ["a function of one parameter", "const app = (request: Request) => new Response(request.url);"],
    [
      "a function that is declared",
      "async function app(request: Request) { return new Response(request.url); }",
    ],
    ["an object with fetch", "const app = { fetch: (request: Request) => new Response(request.url) };"],
    ["Hono", 'import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => c.text("hi"));'],
  ])("stays out of an app that is surely asked for a Response: %s", async (_, source) => {
    expect(await carriesListeners(source)).toBe(false);
  });

  it.each([
    ["a listener", "const app = (request: any, response: any) => response.end(request.url);"],
    ["what a function gives", "const app = ((): any => (request: any, response: any) => response.end())();"],
    [
      "a name that is given a value twice",
      "let app: any = (request: Request) => new Response(request.url); app = app;",
    ],
    ["a promise", "const app: any = Promise.resolve(undefined);"],
  ])("comes along for %s", async (_, source) => {
    expect(await carriesListeners(source)).toBe(true);
  });
});

async function answer({ folder, package: zip, functions }: Built, name: string): Promise<unknown> {
  const { handler } = functions.find((each) => each.name === name)!;
  const { invocations } = await invokePackage({
    zipPath: join(folder, zip),
    handler,
    functionName: name,
    events: [event("/a")],
  });
  return JSON.parse(invocations[0]!.payload.toString());
}

async function carriesListeners(source: string): Promise<boolean> {
  const root = join(apps, "hello");
  const { code } = await bundle({
    entry: join(root, "app.ts"),
    root,
    outfile: join(root, "app.mjs"),
    source: `import { http, main, dispatch } from "@laconic/runtime/library";
${source}
main("App", "one app", [http("site", app)]);
export const Lambda = dispatch;`,
  });
  return code.includes("function runExchange(");
}
