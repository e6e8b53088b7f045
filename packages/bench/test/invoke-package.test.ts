import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invokePackage, unpack } from "../src/index.js";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
let folder: string;
let zipPath: string;

/** Zip with Python's module, which every machine that runs these tests has, keeping modes. */
function zip(target: string, ...entries: { name: string; text: string; mode: number }[]): void {
  const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for entry in json.load(sys.stdin):
        info = zipfile.ZipInfo(entry["name"])
        info.external_attr = entry["mode"] << 16
        archive.writestr(info, entry["text"], zipfile.ZIP_DEFLATED)`;
  execFileSync("python3", ["-c", script, target], { input: JSON.stringify(entries) });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "laconic-bench-test-"));
  zipPath = join(folder, "app.zip");
  zip(zipPath, { name: "index.py", text: readFileSync(join(fixtures, "index.py"), "utf8"), mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("invokePackage", () => {
  it("runs the events in one process and measures the cold start", async () => {
    const result = await invokePackage({
      zipPath,
      handler: "index.ok",
      events: ['{"a":1}', "2"],
      repeatWarm: 3,
    });
    expect(result.invocations.map(({ kind, cold }) => [kind, cold])).toEqual([
      ["response", true],
      ["response", false],
    ]);
    expect(result.warm.map(({ kind }) => kind)).toEqual(["response", "response", "response"]);
    expect(result.coldStartMs).toBeGreaterThan(0);
    expect(result.runtime).toMatch(/^Python 3\.\d+\.\d+ under awslambdaric$/);
  }, 300_000);

  it("starts a new process after one that ended, as Lambda does", async () => {
    const events = ["{}", '{"fail": true}', "{}"];
    const { invocations } = await invokePackage({ zipPath, handler: "index.fails_once", events });
    expect(invocations.map(({ kind, cold }) => [kind, cold])).toEqual([
      ["response", true],
      ["exit", false],
      ["response", true],
    ]);
  });

  it("sends what else Lambda tells with the event", async () => {
    const events = [{ event: "{}", requestId: "mine" }];
    const { invocations } = await invokePackage({ zipPath, handler: "index.ok", events });
    expect(invocations[0]!.requestId).toBe("mine");
  });

  it("refuses a package that is no zip", async () => {
    const broken = join(folder, "broken.zip");
    writeFileSync(broken, "not a zip");
    const invoked = invokePackage({ zipPath: broken, handler: "index.ok", events: ["{}"] });
    await expect(invoked).rejects.toMatchObject({ code: "LAC7004", hint: "build the package again" });
  });

  it("says when there is no Python", async () => {
    const invoked = invokePackage({
      zipPath,
      handler: "index.ok",
      events: ["{}"],
      python: "/nonexistent/python",
    });
    await expect(invoked).rejects.toMatchObject({ code: "LAC7001" });
  });
});

describe("unpack", () => {
  it("keeps folders and permissions", async () => {
    const source = join(folder, "modes.zip");
    zip(
      source,
      { name: "bin/", text: "", mode: 0o40755 },
      { name: "bin/tool", text: "#!/bin/sh\n", mode: 0o755 },
      { name: "deep/er/file", text: "x", mode: 0o600 },
    );
    const target = join(folder, "modes");
    await unpack(source, target);
    expect(statSync(join(target, "bin/tool")).mode & 0o777).toBe(0o755);
    expect(statSync(join(target, "deep/er/file")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(target, "deep/er/file"), "utf8")).toBe("x");
  });

  it("writes nothing outside the folder", async () => {
    const source = join(folder, "outside.zip");
    zip(source, { name: "../outside", text: "x", mode: 0o644 });
    const target = join(folder, "inside");
    mkdirSync(target);
    await expect(unpack(source, target)).rejects.toMatchObject({
      code: expect.stringMatching(/^LAC700[45]$/) as string,
    });
    expect(() => statSync(join(folder, "outside"))).toThrow();
  });

  it("says when the zip cannot be read", async () => {
    const secret = join(folder, "cut.zip");
    writeFileSync(secret, readFileSync(zipPath).subarray(0, 100));
    chmodSync(secret, 0o600);
    await expect(unpack(secret, join(folder, "cut"))).rejects.toMatchObject({ code: "LAC7004" });
  });
});
