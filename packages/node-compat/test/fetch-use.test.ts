import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundle } from "../src/index.js";

const root = mkdtempSync(join(tmpdir(), "laconic-fetch-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Whether the bundle of an app with this text holds the HTTP client that `fetch` needs. */
async function bringsTheClient(source: string): Promise<boolean> {
  const entry = join(root, `${Math.random()}.ts`);
  writeFileSync(entry, source);
  const { inputs } = await bundle({ entry, root, outfile: join(root, "app.mjs") });
  return inputs.some(({ path, bytes }) => path.endsWith("web/fetch/exchange.js") && bytes > 0);
}

describe("the HTTP client behind fetch", () => {
  it.each([
    ["a call", "export const it = () => fetch('http://a.example');"],
    ["only its type", "export const it = typeof fetch === 'function';"],
    ["a default value", "export const it = ({ send = fetch }) => send;"],
    ["a member of the global object", "export const it = () => globalThis.fetch('http://a.example');"],
    ["a member in quotes", "export const it = () => globalThis['fetch']('http://a.example');"],
    ["taken out of the global object", "const { fetch: send } = globalThis; export const it = send;"],
    ["code made at run time", "export const it = (text: string) => new Function(text)();"],
  ])("comes with %s", async (_, source) => {
    expect(await bringsTheClient(source)).toBe(true);
  });

  it.each([
    ["a method of that name", "export const it = { fetch(request: Request) { return new Response(request.url); } };"],
    ["a call of such a method", "export const it = (app: { fetch(): void }) => app.fetch();"],
    ["a variable of that name", "const fetch = () => 1; export const it = fetch();"],
    ["a word in a text", "export const it = 'fetch in globalThat';"],
  ])("does not come with %s", async (_, source) => {
    expect(await bringsTheClient(source)).toBe(false);
  });
});
