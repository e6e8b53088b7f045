import { afterEach, describe, expect, it } from "vitest";
import { createDispatch, workAfterResponse, type AfterResponse } from "../src/index.js";

const HOOKS = Symbol.for("laconic.afterResponse");
const host = globalThis as { [HOOKS]?: Set<AfterResponse> | undefined };
const dispatch = createDispatch({ name: "Service", description: "", functions: new Map() });

describe("what no response waits for", () => {
  afterEach(() => {
    host[HOOKS] = undefined;
  });

  it("does nothing unless a package registers a hook", async () => {
    expect(workAfterResponse()).toBeNull();
    expect(await dispatch("$afterResponse", "null", "{}")).toBe("null");
    host[HOOKS] = new Set();
    expect(workAfterResponse()).toBeNull();
    host[HOOKS].add(() => undefined);
    expect(workAfterResponse()).toBe("write");
    host[HOOKS].add(Object.assign(() => undefined, { sends: true }));
    expect(workAfterResponse()).toBe("send");
  });

  it("runs all at once, with the time that is left, and fails for nobody", async () => {
    const ran: [string, number, boolean][] = [];
    host[HOOKS] = new Set<AfterResponse>([
      () => {
        throw new Error("at once");
      },
      async (remainingMs, isLast) => {
        await Promise.resolve();
        ran.push(["slow", remainingMs, isLast]);
      },
      (remainingMs, isLast) => ran.push(["fast", remainingMs, isLast]),
      () => Promise.reject(new Error("later")),
    ]);
    expect(await dispatch("$afterResponse", String(Date.now() + 60_000), "{}")).toBe("null");
    expect(ran.map(([name, , isLast]) => [name, isLast])).toEqual([
      ["fast", false],
      ["slow", false],
    ]);
    for (const [, remainingMs] of ran) expect(remainingMs).toBeGreaterThan(50_000);
  });

  it("passes isLast before the process ends and before a snapshot", async () => {
    const last: boolean[] = [];
    host[HOOKS] = new Set<AfterResponse>([(_, isLast) => last.push(isLast)]);
    await dispatch("$afterResponse", "0", '{"isLast":true}');
    await dispatch("$beforeSnapshot", "0", "{}");
    expect(last).toEqual([true, true]);
  });
});
