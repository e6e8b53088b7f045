import { describe, expect, it } from "vitest";
import { afterRestore, beforeSnapshot, createDispatch } from "../src/index.js";

const dispatch = createDispatch({ name: "Service", description: "", functions: new Map() });

describe("the notices of a snapshot", () => {
  it("run the app's hooks one after another: the last first before it, the first first after it", async () => {
    const ran: string[] = [];
    const slowly = (name: string) => async () => {
      await Promise.resolve();
      ran.push(name);
    };
    beforeSnapshot(slowly("before 1"));
    beforeSnapshot(() => ran.push("before 2"));
    afterRestore(slowly("after 1"));
    afterRestore(() => ran.push("after 2"));
    expect(await dispatch("$beforeSnapshot", "null", "{}")).toBe("null");
    expect(await dispatch("$afterRestore", "null", "{}")).toBe("null");
    expect(ran).toEqual(["before 2", "before 1", "after 1", "after 2"]);
  });

  it("fail with the hook that fails", async () => {
    afterRestore(() => {
      throw new Error("no connection");
    });
    await expect(dispatch("$afterRestore", "null", "{}")).rejects.toThrow("no connection");
  });
});
