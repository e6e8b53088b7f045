import { describe, expect, it } from "vitest";
import { Workflow, type ProvisionListener } from "../src/index.js";
import { SILENT } from "./small-service.js";

function recorder(): { readonly told: string[]; readonly listener: ProvisionListener } {
  const told: string[] = [];
  const listener: ProvisionListener = {
    ...SILENT,
    started: (step) => told.push(`started ${step}`),
    finished: (step, _milliseconds, detail) => told.push(`finished ${step}: ${detail}`),
    failed: (step) => told.push(`failed ${step}`),
    warned: (message) => told.push(`warned ${message}`),
  };
  return { told, listener };
}

describe("a workflow", () => {
  it("names and times its steps in order, with hooks around each", async () => {
    const { told, listener } = recorder();
    const around = async (moment: string, step: string) => void told.push(`${moment} ${step}`);
    const workflow = new Workflow(listener, new AbortController().signal, around);
    await workflow.step(
      "build",
      async () => 7,
      (result) => `${result} files`,
    );
    await workflow.step("upload", async () => undefined);
    expect(told).toEqual([
      ...["before build", "started build", "finished build: 7 files", "after build"],
      ...["before upload", "started upload", "finished upload: ", "after upload"],
    ]);
    expect(Object.keys(workflow.durations)).toEqual(["build", "upload"]);
  });

  it("takes everything back, the last first, and tells what cannot be taken back", async () => {
    const { told, listener } = recorder();
    const workflow = new Workflow(listener, new AbortController().signal);
    workflow.onFailure("remove the bucket", async () => told.push("bucket"));
    workflow.onFailure("remove the package", async () => told.push("package"));
    workflow.onFailure("remove the change set", () => Promise.reject(new Error("denied")));
    await workflow.rollBack();
    const all = ["warned Could not remove the change set: denied", "package", "bucket"];
    expect(told).toEqual(all);
    await workflow.rollBack();
    expect(told).toEqual(all);
  });

  it("takes nothing back once AWS has begun to change the stack", async () => {
    const { told, listener } = recorder();
    const workflow = new Workflow(listener, new AbortController().signal);
    workflow.onFailure("remove the package", () => Promise.reject(new Error("must not run")));
    workflow.keep();
    await workflow.rollBack();
    expect(told).toEqual([]);
  });

  it("starts no step once it is interrupted, and a hook that throws fails the step", async () => {
    const { told, listener } = recorder();
    const interrupted = AbortSignal.abort(new Error("interrupted"));
    await expect(new Workflow(listener, interrupted).step("build", async () => 1)).rejects.toThrow(
      "interrupted",
    );
    const failing = new Workflow(listener, new AbortController().signal, () =>
      Promise.reject(new Error("hook")),
    );
    await expect(failing.step("build", async () => 1)).rejects.toThrow("hook");
    expect(told).toEqual([]);
  });
});
