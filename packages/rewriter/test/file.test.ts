import { readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFile, writeBack } from "../src/file.js";
import { rewrite } from "../src/index.js";
import { writeAll } from "../src/write-all.js";
import { Workspace } from "./command.js";

let work: Workspace;
beforeEach(() => {
  work = new Workspace({ "a.ts": "one\n", "b.ts": "two\n" });
});
afterEach(() => work.remove());

describe("writeBack", () => {
  it("refuses when the file changed since it was opened", async () => {
    const file = await openFile("a.ts", work.folder);
    writeFileSync(file.location, "somebody else's\n");
    await expect(writeBack(file, "mine\n")).rejects.toMatchObject({ code: "LAC1015" });
    expect(work.read("a.ts")).toBe("somebody else's\n");
    expect(readdirSync(work.folder).sort()).toEqual(["a.ts", "b.ts"]);
  });

  it("refuses when the file is gone", async () => {
    const file = await openFile("a.ts", work.folder);
    work.remove();
    await expect(writeBack(file, "mine\n")).rejects.toMatchObject({ code: "LAC1015" });
  });
});

describe("writeAll", () => {
  it("puts back what it wrote when a later file fails", async () => {
    const [a, b] = [await openFile("a.ts", work.folder), await openFile("b.ts", work.folder)];
    work.write("b.ts", "changed\n");
    const changes = [a, b].map((file) => ({ file, text: "mine\n" }));
    await expect(writeAll(changes, work.folder)).rejects.toMatchObject({
      code: "LAC1015",
      diagnostic: { path: "b.ts" },
    });
    expect([work.read("a.ts"), work.read("b.ts")]).toEqual(["one\n", "changed\n"]);
  });
});

describe("openFile", () => {
  it("keeps a byte order mark", async () => {
    work.write("a.ts", "\uFEFFexport {};\n");
    const { source } = await openFile("a.ts", work.folder);
    expect(source.text.codePointAt(0)).toBe(0xfeff);
    expect(rewrite(source, { transform: "deactivate" }).text).toBe(source.text);
  });

  it("names the first byte that is not UTF-8", async () => {
    work.write("a.ts", Buffer.from([0x61, 0xc3, 0xa9, 0xff, 0x61]));
    await expect(openFile("a.ts", work.folder)).rejects.toMatchObject({
      message: expect.stringContaining("offset 3"),
    });
  });
});
