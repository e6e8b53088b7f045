import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMetrics, DROPPED_METRIC } from "../src/index.js";
import type { AfterResponse } from "../src/after-response.js";
import { FakeCloudWatch, type Behaviour } from "../../../tools/aws/fake-cloudwatch.js";
import { accountAt } from "../../../tools/aws/ministack.mjs";

const HOOKS = Symbol.for("laconic.afterResponse");
const host = globalThis as { [HOOKS]?: Set<AfterResponse> | undefined };
let server: FakeCloudWatch;

beforeEach(async () => {
  server = new FakeCloudWatch();
  Object.assign(process.env, accountAt(await server.start()));
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  host[HOOKS] = undefined;
});
afterEach(() => {
  server.stop();
  vi.restoreAllMocks();
});

const respond = async (isLast = false) => {
  for (const hook of host[HOOKS]!) await hook(60_000, isLast);
};
const shop = (timeoutMs = 10_000) =>
  createMetrics({ namespace: "Shop", sink: "cloudwatch", cloudwatch: { intervalMs: 1, timeoutMs } });
const order = (metrics: ReturnType<typeof shop>, value = 1) =>
  metrics.run(() => metrics.add("Orders", value, "Count"));

describe("a host that says when a response has left", () => {
  it("is asked to by sinks that have something to do then", () => {
    createMetrics({ namespace: "Shop", sink: "none" });
    createMetrics({ namespace: "Shop", sink: { publish: () => undefined } });
    expect(host[HOOKS]).toBeUndefined();
    createMetrics({ namespace: "Shop", sink: "emf" });
    shop();
    createMetrics({ namespace: "Shop", sink: "otlp" });
    const own = { publish: () => undefined, afterResponse: () => Promise.resolve() };
    createMetrics({ namespace: "Shop", sink: own });
    expect(Array.from(host[HOOKS]!, ({ sends }) => sends)).toEqual([false, true, true, true]);
  });

  it("has lines written then, and at once until it has said so", async () => {
    const lines = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const metrics = createMetrics({ namespace: "Shop", sink: "emf" });
    const add = (value: number) => metrics.run(() => metrics.add("Orders", value));
    add(1);
    expect(lines).toHaveBeenCalledTimes(1);
    await respond();
    add(2);
    add(3);
    expect(lines).toHaveBeenCalledTimes(1);
    await respond();
    expect(lines).toHaveBeenCalledTimes(3);
    // A request without end does not fill the memory.
    for (let value = 0; value < 150; value++) add(value);
    expect(lines).toHaveBeenCalledTimes(53);
    await respond(true);
    expect(lines).toHaveBeenCalledTimes(153);
  });

  it("has values sent then, and not while a request runs", async () => {
    const metrics = shop();
    await respond();
    order(metrics);
    // Elsewhere they would have been sent by now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.requests).toBe(0);
    await respond();
    expect(server.values("Orders")).toEqual([1]);
    await respond();
    expect(server.requests).toBe(1);
  });

  it("waits for a CloudWatch that is out of reach once in a while, not each time", async () => {
    const metrics = shop();
    server.behaviours = Array<Behaviour>(6).fill("503");
    for (let value = 0; value < 10; value++) {
      order(metrics, value);
      await respond();
    }
    // The attempts of one request, and of one more at most on a slow machine.
    expect(server.requests).toBeLessThanOrEqual(6);
    server.behaviours = [];
    await respond(true);
    expect(server.values("Orders")).toEqual(Array.from({ length: 10 }, (_, value) => value));
    expect(server.values(DROPPED_METRIC)).toEqual([]);
  });

  it("does not wait for an answer that does not come", async () => {
    const metrics = shop(600_000);
    server.behaviours = ["hang"];
    order(metrics);
    await respond();
    order(metrics, 2);
    await respond();
    expect(server.requests).toBe(1);
  });

  it("keeps nothing back that a snapshot would give to many processes", async () => {
    const metrics = shop();
    server.behaviours = Array<Behaviour>(3).fill("503");
    order(metrics);
    await respond(true);
    expect(server.values("Orders")).toEqual([]);
    expect(console.warn).toHaveBeenCalledWith(expect.stringContaining("1 values were not sent"));
    order(metrics, 2);
    await respond(true);
    expect(server.values("Orders")).toEqual([2]);
  });
});
