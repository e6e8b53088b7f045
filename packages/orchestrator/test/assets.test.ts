import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAssets } from "../src/stages/assets.js";

let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "laconic-assets-"));
  await mkdir(join(project, "templates/mail"), { recursive: true });
  for (const file of ["b.json", "templates/a.html", "templates/mail/c.txt"]) {
    await writeFile(join(project, file), file);
  }
});

afterEach(() => rm(project, { recursive: true }));

async function assets(list: unknown): Promise<string[]> {
  await writeFile(join(project, "package.json"), JSON.stringify({ laconic: { assets: list } }));
  return (await findAssets({ project })).map(({ path }) => path);
}

describe("the assets of an app", () => {
  it("are the files and folders that its package.json lists, each once, in one order", async () => {
    expect(await assets(["templates", "b.json", "templates/a.html"])).toEqual([
      "b.json",
      "templates/a.html",
      "templates/mail/c.txt",
    ]);
  });

  it("are none when nothing is listed", async () => {
    await writeFile(join(project, "package.json"), "{}");
    expect(await findAssets({ project })).toEqual([]);
    await rm(join(project, "package.json"));
    expect(await findAssets({ project })).toEqual([]);
  });

  it.each([
    [["nothing.txt"], "The asset nothing.txt cannot be packed: there is no such file."],
    [["../outside"], "The asset ../outside cannot be packed: it is not inside the project."],
    ["templates", "The asset laconic.assets cannot be packed: it is no list of paths."],
  ])("%j is refused", async (list, message) => {
    await expect(assets(list)).rejects.toMatchObject({ code: "LAC8011", message });
  });
});
