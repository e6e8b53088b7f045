import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { registrationPlaces } from "../src/provisioning/registration-places.js";

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "laconic-places-"));
});
afterEach(() => rm(project, { recursive: true }));

async function places(sources: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const map = join(project, "app.mjs.map");
  const content = { sources: Object.keys(sources), sourcesContent: Object.values(sources) };
  await writeFile(map, JSON.stringify(content));
  return Object.fromEntries(await registrationPlaces(map, project));
}

it("finds each function where the app's own modules register it", async () => {
  const found = await places({
    "app.ts": 'import x;\n\nmain("S", "d", [lambda("hello", handler),\n  http( "site", app)]);\n',
    "src/jobs.ts": "export const work = lambda<SQSEvent>(\n  'work',\n  async () => {});\n",
    "node_modules/other/index.js": 'lambda("foreign", x)',
    "../outside.ts": 'lambda("outside", x)',
  });
  expect(found).toEqual({ hello: "app.ts:3", site: "app.ts:4", work: "src/jobs.ts:1" });
});

it("says nothing where names are computed, and nothing without a map", async () => {
  expect(await places({ "app.ts": "lambda(name, handler);" })).toEqual({});
  expect(await registrationPlaces(join(project, "none.map"), project)).toEqual(new Map());
});
