import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** What every engine that Laconic runs on has. Nothing of Node: no process, no require, no import of `node:`. */
const PLATFORM = {
  Buffer,
  URL,
  Request,
  Response,
  Headers,
  TextDecoder,
  TextEncoder,
  Uint8Array,
  console,
  queueMicrotask,
};

async function bundle(app: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`fixtures/apps/${app}.ts`, import.meta.url))],
    bundle: true,
    // Neutral: an import of a Node module is an error.
    platform: "neutral",
    mainFields: ["module", "main"],
    format: "iife",
    globalName: "app",
    minify: true,
    write: false,
  });
  return outputFiles[0]!.text;
}

type Dispatch = typeof import("../src/library.js").dispatch;

async function load(app: string): Promise<Dispatch> {
  const context = createContext({ ...PLATFORM });
  runInContext(await bundle(app), context);
  return runInContext("app.Lambda", context) as Dispatch;
}

describe("a bundled app", () => {
  it("runs on nothing but the platform's globals: plain functions", async () => {
    const Lambda = await load("plain");
    expect(Lambda("add", '{"a":1,"b":2}', '{"traceId":"x"}')).toBe('{"sum":3}');
    expect(await Lambda("hello", '{"name":"x"}', "{}")).toBe('{"hello":"x"}');
    expect(JSON.parse(Lambda("$describe", "null", "{}") as string)).toMatchObject({
      service: { name: "Plain" },
    });
  });

  it("runs on nothing but the platform's globals: Hono", async () => {
    const Lambda = await load("hono");
    const event = { httpMethod: "GET", path: "/hi/x%20y", headers: { "X-Id": "1" } };
    const result = JSON.parse((await Lambda("site", JSON.stringify(event), "{}")) as string) as {
      body: string;
    };
    expect(result).toMatchObject({ statusCode: 200, body: '{"hi":"x y","id":"1"}' });
  });

  it("carries the code of HTTP events only when it has an HTTP app", async () => {
    expect(await bundle("hono")).toContain("rawQueryString");
    expect(await bundle("plain")).not.toContain("rawQueryString");
  });

  it("carries no table of error codes", async () => {
    expect(await bundle("plain")).not.toContain("two functions would have the same name");
  });

  it("carries no event source that the app does not name", async () => {
    expect(await bundle("plain")).not.toContain("httpApi");
  });

  // Every byte is read and checked at each cold start.
  it.each([
    ["plain", 25_100],
    ["hono", 53_700],
  ])("%s stays below %i bytes", async (app, limit) => {
    expect(Buffer.byteLength(await bundle(app))).toBeLessThan(limit);
  });
});
