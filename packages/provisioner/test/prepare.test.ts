import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepare, Workflow } from "../src/index.js";
import { contextFor, SILENT } from "./small-service.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "laconic-prepare-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function prepared(stage: string, memorySize?: number) {
  const { build, options } = contextFor(folder, memorySize);
  const workflow = new Workflow(SILENT, new AbortController().signal);
  return prepare(workflow, { build, options: { ...options, stage } }, "eu-west-1");
}

describe("a template", () => {
  it("that has passed the check is not checked again, in any stage; one that has not, is", async () => {
    const { file, text } = await prepared("dev");
    await prepared("prod");
    const marks = () => readFile(`${file}.checked`, "utf8").then((all) => all.split("\n"));
    const both = await marks();
    expect(both).toHaveLength(2);
    expect((await prepared("dev")).text).toBe(text);
    expect(await marks()).toEqual(both);
    await expect(prepared("dev", 99_999)).rejects.toMatchObject({ code: "LAC9003" });
    expect(await marks()).toEqual(both);
    await prepared("dev", 256);
    expect(await marks()).toHaveLength(3);
  });
});
