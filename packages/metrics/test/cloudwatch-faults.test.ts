import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMetrics, DROPPED_METRIC, type CloudWatchOptions, type DropTotals } from "../src/index.js";
import { FakeCloudWatch, type Behaviour } from "../../../tools/aws/fake-cloudwatch.js";
import { accountAt } from "../../../tools/aws/ministack.mjs";

let server: FakeCloudWatch;

// A server for each test: what one test leaves behind must not reach the next one.
beforeEach(async () => {
  server = new FakeCloudWatch();
  Object.assign(process.env, accountAt(await server.start()));
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  server.stop();
  vi.restoreAllMocks();
});

/** Sends only when it is flushed. A busy machine may take long for an answer. */
const QUIET: CloudWatchOptions = { intervalMs: 600_000, timeoutMs: 10_000 };

const cloudwatch = (options: CloudWatchOptions = {}) =>
  createMetrics({ namespace: "Shop", sink: "cloudwatch", cloudwatch: { ...QUIET, ...options } });

/** How long to wait for what happens in the background. */
const SOON = 20_000;

const sum = (totals: DropTotals) => Object.values(totals).reduce((all, one) => all + one, 0);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const EVERY: readonly Behaviour[] = [
  "stored",
  "stored, then reset",
  "stored, then hang",
  "stored, half an answer",
  "stored, an answer without end",
  "stored, then 500",
  "reset",
  "hang",
  "500",
  "502 of a proxy",
  "429",
  "Throttling",
  "503",
  "403",
  "expired",
  "400",
];

describe("every fault", () => {
  it.each(EVERY)("stores each value once or counts it as dropped: %s", async (behaviour) => {
    const isSilent = /hang|without end/.test(behaviour);
    const metrics = cloudwatch(isSilent ? { timeoutMs: 500 } : {});
    server.behaviours = [behaviour];
    metrics.run(() => metrics.add("Orders", range(0, 400)));
    await metrics.flush(60_000);
    // What it kept is sent now.
    await metrics.flush(60_000);
    const { unconfirmed, ...certain } = metrics.dropped;
    const stored = server.values("Orders");
    expect(new Set(stored).size).toBe(stored.length);
    if (unconfirmed === 0) expect(stored.length + sum({ ...certain, unconfirmed: 0 })).toBe(400);
    else expect([unconfirmed, sum({ ...certain, unconfirmed: 0 })]).toEqual([400, 0]);
  });

  it("stores each value once or counts it, in any order of faults", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...EVERY), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 2500 }), { minLength: 1, maxLength: 3 }),
        async (behaviours, sizes) => {
          server.reset();
          server.behaviours = [...behaviours];
          const metrics = cloudwatch({ timeoutMs: 200 });
          let added = 0;
          for (const size of sizes) {
            metrics.run(() => {
              for (const value of range(added, added + size))
                metrics.add("Orders", value, "Count", { at: `${value % 1100}` });
            });
            added += size;
            await metrics.flush(60_000);
          }
          // CloudWatch is well again. On a busy machine it may take several attempts to get through.
          server.behaviours = [];
          const told = () => server.values(DROPPED_METRIC).reduce((all, one) => all + one, 0);
          await vi.waitFor(async () => {
            await metrics.flush(60_000);
            expect(told()).toBeGreaterThanOrEqual(sum(metrics.dropped));
          }, SOON);
          const stored = server.values("Orders");
          const { unconfirmed, ...certain } = metrics.dropped;
          expect(new Set(stored).size).toBe(stored.length);
          const missing = added - stored.length;
          expect(missing).toBeGreaterThanOrEqual(sum({ ...certain, unconfirmed: 0 }));
          expect(missing).toBeLessThanOrEqual(sum(metrics.dropped));
          if (unconfirmed === 0) expect(told()).toBe(sum(metrics.dropped));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe("an outage", () => {
  it("keeps what was certainly not stored until CloudWatch is back", async () => {
    const metrics = cloudwatch();
    server.behaviours = Array<Behaviour>(6).fill("503");
    metrics.run(() => metrics.add("Orders", range(0, 10)));
    await metrics.flush(60_000);
    metrics.run(() => metrics.add("Orders", range(10, 20)));
    await metrics.flush(60_000);
    expect(server.stored).toEqual([]);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual(range(0, 20));
    expect(sum(metrics.dropped)).toBe(0);
  });

  it("keeps what CloudWatch wants to have later than it may take", async () => {
    // The SDK would wait for five seconds.
    const metrics = cloudwatch({ timeoutMs: 1500 });
    server.behaviours = ["429, later"];
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    expect([server.requests, sum(metrics.dropped)]).toEqual([1, 0]);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual([1]);
  });

  it("keeps what came with expired credentials until there are others", async () => {
    const metrics = cloudwatch();
    server.behaviours = ["expired"];
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    expect([server.values("Orders"), sum(metrics.dropped)]).toEqual([[], 0]);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual([1]);
  });

  it("keeps what could not even be sent", async () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    const metrics = cloudwatch();
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    expect(sum(metrics.dropped)).toBe(0);
    expect(console.warn).toHaveBeenCalledOnce();
  });

  it("holds no more than its queue, and tells how much it dropped when CloudWatch is back", async () => {
    const metrics = cloudwatch({ queueBytes: 100_000 });
    server.behaviours = Array<Behaviour>(1000).fill("503");
    for (let request = 0; request < 100; request++) {
      metrics.run(() => {
        for (let value = 0; value < 10; value++)
          metrics.add("Orders", request * 10 + value, "Count", { at: `${value}` });
      });
      if (request % 25 === 0) await metrics.flush(60_000);
    }
    server.behaviours = [];
    await metrics.flush(60_000);
    const { overflow } = metrics.dropped;
    expect(overflow).toBeGreaterThan(0);
    expect(server.values("Orders")).toHaveLength(1000 - overflow);
    expect(server.values(DROPPED_METRIC)).toEqual([overflow]);
  });

  it("warns once of each kind of failure, not for each request", async () => {
    const metrics = cloudwatch();
    server.behaviours = ["403", "403", "403", "400", "400"];
    for (let request = 0; request < 5; request++) {
      metrics.run(() => metrics.add("Orders", request));
      await metrics.flush(60_000);
    }
    expect(vi.mocked(console.warn).mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringContaining("AccessDenied"),
      expect.stringContaining("InvalidParameterValue"),
    ]);
    expect(metrics.dropped.refused).toBe(5);
  });

  it("changes nothing for the caller, who does not wait for an answer", async () => {
    const metrics = cloudwatch({ intervalMs: 1, timeoutMs: 500 });
    server.behaviours = Array<Behaviour>(5).fill("hang");
    const answers = await Promise.all(
      range(0, 5).map((value) =>
        metrics.run(async () => {
          metrics.add("Orders", value);
          return value;
        }),
      ),
    );
    expect(answers).toEqual(range(0, 5));
    expect(server.requests).toBe(0);
    await metrics.flush(60_000);
    expect(metrics.dropped.unconfirmed).toBeGreaterThan(0);
  });

  it("leaves no connection open to a server that never ends its answer, and sends again", async () => {
    const metrics = cloudwatch({ timeoutMs: 500 });
    server.behaviours = ["stored, an answer without end"];
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(60_000);
    await vi.waitFor(async () => expect(await server.connections()).toBe(0), SOON);
    metrics.run(() => metrics.add("Orders", 2));
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual([1, 2]);
  });

  it("waits for a flush no longer than it is told to", async () => {
    const metrics = cloudwatch();
    server.behaviours = ["hang"];
    metrics.run(() => metrics.add("Orders", 1));
    await metrics.flush(20);
    expect(sum(metrics.dropped)).toBe(0);
    server.stop();
    await metrics.flush(60_000);
    expect(metrics.dropped.unconfirmed).toBe(1);
  });
});

describe("flushing", () => {
  it("sends what is added while another flush runs, once", async () => {
    const metrics = cloudwatch();
    const flushes: Promise<void>[] = [];
    for (let value = 0; value < 200; value++) {
      metrics.add("Orders", value);
      if (value % 3 === 0) flushes.push(metrics.flush(60_000));
      if (value % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(flushes);
    await metrics.flush(60_000);
    expect(server.values("Orders").sort((a, b) => a - b)).toEqual(range(0, 200));
  });

  it("sends what was added before it, also when the flush before has just ended", async () => {
    const metrics = cloudwatch();
    for (let value = 0; value < 20; value++) {
      metrics.run(() => metrics.add("Orders", value));
      await metrics.flush(60_000);
      expect(server.values("Orders")).toEqual(range(0, value + 1));
    }
  });

  it("sends in the background without one", async () => {
    const metrics = cloudwatch({ intervalMs: 1 });
    metrics.run(() => metrics.add("Orders", 1));
    await vi.waitFor(() => expect(server.values("Orders")).toEqual([1]), SOON);
    metrics.run(() => metrics.add("Orders", 2));
    await vi.waitFor(() => expect(server.values("Orders")).toEqual([1, 2]), SOON);
  });

  it("sends before its time when half of the queue is full", async () => {
    const metrics = cloudwatch({ queueBytes: 50_000 });
    metrics.run(() => {
      for (const value of range(0, 60)) metrics.add("Orders", value, "Count", { at: `${value}` });
    });
    await vi.waitFor(() => expect(server.values("Orders")).toEqual(range(0, 60)), SOON);
  });

  it("compresses large requests, within a million bytes uncompressed", async () => {
    const metrics = cloudwatch();
    metrics.run(() => {
      for (const value of range(0, 4000)) metrics.add(`Metric${value}`, value, "Count", { tenant: "a" });
    });
    await metrics.flush(60_000);
    expect(server.stored).toHaveLength(4000);
    // The last one has little left to hold.
    expect(server.gzipped).toBeGreaterThanOrEqual(server.requests - 1);
    expect(server.requests).toBeLessThan(6);
    expect(server.largest).toBeLessThan(1_000_000);
  });

  it("counts what has become too old while it waited", async () => {
    const metrics = cloudwatch();
    server.behaviours = Array<Behaviour>(3).fill("503");
    const timestamp = Date.now() - 14 * 24 * 3_600_000 + 61_000;
    metrics.run(() => metrics.add("Old", 1), { timestamp });
    metrics.run(() => metrics.add("New", 1));
    await metrics.flush(60_000);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5_000);
    await metrics.flush(60_000);
    expect([server.values("Old"), server.values("New")]).toEqual([[], [1]]);
    expect(metrics.dropped.expired).toBe(1);
    expect(server.values(DROPPED_METRIC)).toEqual([1]);
  });
});
