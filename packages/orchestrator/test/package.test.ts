import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ArtifactFolder } from "../src/index.js";
import { makePackage } from "../src/stages/package.js";

const path = await mkdtemp(join(tmpdir(), "laconic-package-"));
afterEach(() => rm(path, { recursive: true, force: true }));

async function zip(timeZone: string) {
  process.env["TZ"] = timeZone;
  const folder = await ArtifactFolder.open(path);
  await folder.write("index.py", "print('x')\n");
  await folder.write("app.so", new Uint8Array(100_000));
  const entries = [
    { artifact: "index.py", path: "index.py", mode: 0o644 },
    { artifact: "app.so", path: "lib/app.so", mode: 0o755 },
  ];
  return makePackage("app.zip", entries, folder).finally(() => delete process.env["TZ"]);
}

describe("the package", () => {
  it("has the same bytes at any time and in any time zone", async () => {
    const first = await zip("UTC");
    const second = await zip("Asia/Kolkata");
    expect(second).toEqual(first);
  });

  it("is compressed", async () => {
    const { bytes } = await zip("UTC");
    expect(bytes).toBeLessThan(2000);
  });
});
