import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cachedFolder } from "../src/cached-folder.js";
import { provideZig } from "../src/zig.js";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "laconic-cache-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

/** A zig of that version, where pip would have put it. */
function installed(environment: string, version: string): string {
  const packages = join(cache, environment, "lib/python3.11/site-packages");
  mkdirSync(join(packages, "ziglang"), { recursive: true });
  mkdirSync(join(packages, `ziglang-${version}.dist-info`));
  const zig = join(packages, "ziglang/zig");
  writeFileSync(zig, "#!/bin/sh\n");
  chmodSync(zig, 0o755);
  return zig;
}

it("takes the cached zig of its own version, never another one's or a half-made one", async () => {
  vi.stubEnv("LACONIC_ZIG", "");
  // Without Python there is no other way to a zig.
  vi.stubEnv("PATH", cache);
  installed("toolchain-0123abc", "0.15.1");
  const draft = installed("zig-0.17.1.draft-Ab12", "0.17.1");
  await expect(provideZig(cache, () => {})).rejects.toMatchObject({ code: "LAC5008" });
  expect(existsSync(draft)).toBe(true);
  const zig = installed("toolchain-4567def", "0.17.1");
  expect(await provideZig(cache, () => {})).toBe(zig);
});

it("lets the first of several that make a folder win", async () => {
  const folder = join(cache, "thing");
  const made = await Promise.all(
    ["first", "second"].map((name) =>
      cachedFolder(folder, async (draft) => {
        mkdirSync(join(draft, "part"));
        writeFileSync(join(draft, "part/name"), name);
        if (name === "second") await vi.waitUntil(() => existsSync(folder));
        return join(draft, "part");
      }),
    ),
  );
  expect(made).toEqual([folder, folder]);
  expect(readFileSync(join(folder, "name"), "utf8")).toBe("first");
});
