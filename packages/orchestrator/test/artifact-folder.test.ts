import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArtifactFolder } from "../src/index.js";

let path: string;
beforeEach(async () => void (path = join(await mkdtemp(join(tmpdir(), "laconic-artifacts-")), ".laconic")));
afterEach(() => rm(join(path, ".."), { recursive: true, force: true }));

const visible = async () => (await readdir(path)).filter((name) => name !== ".gitignore").sort();

describe("the artifact folder", () => {
  it("shows nothing of a build before it is published, and all of it after", async () => {
    const folder = await ArtifactFolder.open(path);
    await folder.write("app.mjs", "code");
    await folder.write("manifest.json", "{}");
    await expect(access(folder.final("app.mjs"))).rejects.toThrow("ENOENT");
    await folder.publish("manifest.json");
    expect(await visible()).toEqual(["app.mjs", "manifest.json"]);
  });

  it("replaces what an earlier build left", async () => {
    for (const content of ["one", "two"]) {
      const folder = await ArtifactFolder.open(path);
      await folder.write("app.mjs", content);
      await folder.publish("manifest.json");
    }
    expect(await readFile(join(path, "app.mjs"), "utf8")).toBe("two");
  });

  it("keeps what a failed build made apart from the last good one", async () => {
    const good = await ArtifactFolder.open(path);
    await good.write("app.mjs", "good");
    await good.publish("manifest.json");
    const bad = await ArtifactFolder.open(path);
    await bad.write("app.mjs", "bad");
    expect(await bad.abandon()).toBe(join(path, "failed"));
    expect(await readFile(join(path, "app.mjs"), "utf8")).toBe("good");
    expect(await readFile(join(path, "failed/app.mjs"), "utf8")).toBe("bad");
  });

  it("removes what a failed build left once one succeeds", async () => {
    const bad = await ArtifactFolder.open(path);
    await bad.write("app.mjs", "bad");
    await bad.abandon();
    const good = await ArtifactFolder.open(path);
    await good.write("app.mjs", "good");
    await good.publish("manifest.json");
    expect(await visible()).toEqual(["app.mjs"]);
  });

  it("leaves nothing when a build fails before it has made anything", async () => {
    const folder = await ArtifactFolder.open(path);
    expect(await folder.abandon()).toBeUndefined();
    expect(await visible()).toEqual([]);
  });

  it("removes the staging of a build that was killed, and leaves that of one that runs", async () => {
    await mkdir(join(path, ".building-999999999-dead"), { recursive: true });
    await mkdir(join(path, `.building-${process.pid}-live`));
    await (await ArtifactFolder.open(path)).publish("manifest.json");
    expect(await visible()).toEqual([`.building-${process.pid}-live`]);
  });

  it("is refused with its path where it cannot be made", async () => {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "file"), "");
    await expect(ArtifactFolder.open(join(path, "file", "x"))).rejects.toMatchObject({ code: "LAC8005" });
  });
});
