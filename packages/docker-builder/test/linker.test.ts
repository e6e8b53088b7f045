import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { findLinker } from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "laconic-linker-"));
const path = process.env["PATH"];
afterEach(() => void (process.env["PATH"] = path));
afterAll(() => rmSync(folder, { recursive: true }));

const search = { triple: "aarch64-unknown-linux-gnu", glibc: "2.26" };

describe("the linker", () => {
  it("is zig where there is one, told the target and the glibc", async () => {
    const zig = join(folder, "zig");
    writeFileSync(zig, "#!/bin/sh\n");
    chmodSync(zig, 0o755);
    expect(await findLinker({ ...search, folders: [folder] })).toEqual({
      kind: "zig",
      file: zig,
      args: ["cc", "-target", "aarch64-linux-gnu.2.26"],
    });
  });

  it("is the C compiler of PATH otherwise", async () => {
    process.env["PATH"] = "/usr/bin";
    expect(await findLinker(search)).toMatchObject({ kind: "cc", file: "/usr/bin/cc", args: [] });
  });

  it("is missed in one line that says what to install", async () => {
    process.env["PATH"] = "/nonexistent";
    await expect(findLinker(search)).rejects.toMatchObject({
      code: "LAC5002",
      hint: expect.stringMatching(/ziglang/),
    });
  });
});
