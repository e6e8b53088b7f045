import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createMetrics, DROPPED_METRIC, type DropTotals, type OtlpOptions } from "../src/index.js";
import { startDecoder, type Decoder } from "../../../tools/otlp/decoder.mjs";
import { FakeCollector, type Behaviour } from "./fake-collector.js";

let decoder: Decoder;
let server: FakeCollector;

beforeAll(() => {
  decoder = startDecoder();
}, 120_000);
afterAll(() => decoder?.stop());

// A server for each test: what one test leaves behind must not reach the next one.
beforeEach(async () => {
  server = new FakeCollector(decoder);
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", await server.start());
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  server.stop();
  expect(server.errors).toEqual([]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Sends only when it is flushed. A busy machine may take long for an answer. */
const QUIET: OtlpOptions = { intervalMs: 600_000, timeoutMs: 10_000 };

const otlp = (options: OtlpOptions = {}) =>
  createMetrics({ namespace: "Shop", sink: "otlp", otlp: { ...QUIET, ...options } });

/** How long to wait for what happens in the background. */
const SOON = 20_000;

const sum = (totals: DropTotals) => Object.values(totals).reduce((all, one) => all + one, 0);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** Each value in a point of its own, so that it is found again. */
const addAll = (metrics: ReturnType<typeof otlp>, values: readonly number[]) =>
  metrics.run(() => {
    for (const value of values) metrics.add("Orders", value, "Count", { at: `${value}` });
  });

const EVERY: readonly Behaviour[] = [
  "stored",
  "stored, no body",
  "stored, with a warning",
  "stored, then reset",
  "stored, then hang",
  "stored, half an answer",
  "stored, an answer without end",
  "stored, garbage",
  "stored, then 500",
  "one rejected",
  "all rejected",
  "reset",
  "hang",
  "500",
  "502",
  "504",
  "429",
  "503",
  "401",
  "404",
  "expired",
  "redirect",
];

/** Those after which it is known what became of each point: a server does not say which ones it rejected. */
const TOLD = EVERY.filter((behaviour) => behaviour !== "one rejected");

describe("every fault", () => {
  it.each(EVERY)("stores each value once or counts it as dropped: %s", async (behaviour) => {
    const isSilent = /hang|without end/.test(behaviour);
    const metrics = otlp(isSilent ? { timeoutMs: 500 } : {});
    server.behaviours = [behaviour];
    addAll(metrics, range(0, 400));
    await metrics.flush(60_000);
    // What it kept is sent now.
    await metrics.flush(60_000);
    const { unconfirmed, ...certain } = metrics.dropped;
    const stored = server.values("Orders");
    expect(new Set(stored).size).toBe(stored.length);
    if (unconfirmed === 0) expect(stored.length + sum({ ...certain, unconfirmed: 0 })).toBe(400);
    else expect([unconfirmed, sum({ ...certain, unconfirmed: 0 })]).toEqual([400, 0]);
    expect(server.sum(DROPPED_METRIC)).toBe(sum(metrics.dropped));
  });

  it.each<[Behaviour, Partial<DropTotals>]>([
    ["429", {}],
    ["503", {}],
    ["expired", {}],
    ["stored, no body", {}],
    ["stored, with a warning", {}],
    ["one rejected", { refused: 1 }],
    ["all rejected", { refused: 3 }],
    ["401", { refused: 3 }],
    ["404", { refused: 3 }],
    ["redirect", { refused: 3 }],
    ["500", { unconfirmed: 3 }],
    ["502", { unconfirmed: 3 }],
    ["504", { unconfirmed: 3 }],
    ["reset", { unconfirmed: 3 }],
    ["stored, half an answer", { unconfirmed: 3 }],
    ["stored, garbage", { unconfirmed: 3 }],
  ])("counts by reason: %s", async (behaviour, expected) => {
    const metrics = otlp();
    server.behaviours = [behaviour];
    addAll(metrics, [0, 1, 2]);
    await metrics.flush(60_000);
    const none = { overflow: 0, refused: 0, unconfirmed: 0, expired: 0, failed: 0 };
    expect(metrics.dropped).toEqual({ ...none, ...expected });
  });

  it("does not send again what is answered after its time", async () => {
    const metrics = otlp({ timeoutMs: 500 });
    server.lateMs = 1500;
    server.behaviours = ["stored after 10 s"];
    addAll(metrics, [0, 1, 2]);
    await metrics.flush(60_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await metrics.flush(60_000);
    expect([server.values("Orders"), metrics.dropped.unconfirmed]).toEqual([[0, 1, 2], 3]);
  });

  it("stores each value once or counts it, in any order of faults", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...TOLD), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 2500 }), { minLength: 1, maxLength: 3 }),
        async (behaviours, sizes) => {
          server.reset();
          server.behaviours = [...behaviours];
          const metrics = otlp({ timeoutMs: 500 });
          let added = 0;
          for (const size of sizes) {
            addAll(metrics, range(added, added + size));
            added += size;
            await metrics.flush(60_000);
          }
          // The collector is well again. On a busy machine it may take several attempts to get through.
          server.behaviours = [];
          await vi.waitFor(async () => {
            await metrics.flush(60_000);
            expect(server.sum(DROPPED_METRIC)).toBeGreaterThanOrEqual(sum(metrics.dropped));
          }, SOON);
          const stored = server.values("Orders");
          const { unconfirmed, ...certain } = metrics.dropped;
          expect(new Set(stored).size).toBe(stored.length);
          const missing = added - stored.length;
          expect(missing).toBeLessThanOrEqual(sum(metrics.dropped));
          expect(missing).toBeGreaterThanOrEqual(sum({ ...certain, unconfirmed: 0 }));
          if (unconfirmed === 0) expect(server.sum(DROPPED_METRIC)).toBe(sum(metrics.dropped));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe("an outage", () => {
  it("keeps what was certainly not stored until the collector is back", async () => {
    const metrics = otlp();
    server.behaviours = ["503", "429"];
    addAll(metrics, range(0, 10));
    await metrics.flush(60_000);
    addAll(metrics, range(10, 20));
    await metrics.flush(60_000);
    expect(server.stored).toEqual([]);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual(range(0, 20));
    expect(sum(metrics.dropped)).toBe(0);
  });

  it("asks again no sooner than the server wants, unless it is flushed", async () => {
    const metrics = otlp({ intervalMs: 1 });
    server.behaviours = ["429, later"];
    addAll(metrics, [1]);
    await vi.waitFor(() => expect(server.requests).toBe(1), SOON);
    await new Promise((resolve) => setTimeout(resolve, 500));
    addAll(metrics, [2]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(server.requests).toBe(1);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual([1, 2]);
  });

  it("keeps what could not even be sent", async () => {
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1");
    const metrics = otlp();
    addAll(metrics, [1]);
    await metrics.flush(60_000);
    expect(sum(metrics.dropped)).toBe(0);
    expect(console.warn).toHaveBeenCalledOnce();
    expect(vi.mocked(console.warn).mock.calls[0]![0]).toContain("Metrics cannot be sent to OTLP's endpoint:");
  });

  it("drops what has no endpoint, and says so once", async () => {
    const metrics = otlp({ endpoint: "localhost:4318" });
    addAll(metrics, [1]);
    await metrics.flush(60_000);
    addAll(metrics, [2]);
    await metrics.flush(60_000);
    expect(metrics.dropped.refused).toBe(2);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      [expect.stringContaining('the endpoint "localhost:4318" is not the URL of an HTTP server')],
    ]);
  });

  it("holds no more than its queue, and tells how much it dropped when the collector is back", async () => {
    const metrics = otlp({ queueBytes: 100_000 });
    server.behaviours = Array<Behaviour>(1000).fill("503");
    for (let request = 0; request < 100; request++) {
      addAll(metrics, range(request * 10, request * 10 + 10));
      if (request % 25 === 0) await metrics.flush(60_000);
    }
    server.behaviours = [];
    await metrics.flush(60_000);
    const { overflow } = metrics.dropped;
    expect(overflow).toBeGreaterThan(0);
    expect(server.values("Orders")).toHaveLength(1000 - overflow);
    expect(server.values(DROPPED_METRIC)).toEqual([overflow]);
  });

  it("changes nothing for the caller, who does not wait for an answer", async () => {
    const metrics = otlp({ intervalMs: 1, timeoutMs: 500 });
    server.behaviours = Array<Behaviour>(5).fill("hang");
    const answers = range(0, 5).map((value) =>
      metrics.run(() => {
        metrics.add("Orders", value);
        return value;
      }),
    );
    expect(answers).toEqual(range(0, 5));
    expect(server.requests).toBe(0);
    await metrics.flush(60_000);
    expect(metrics.dropped.unconfirmed).toBeGreaterThan(0);
  });

  it("leaves no connection open to a server that never ends its answer, and sends again", async () => {
    const metrics = otlp({ timeoutMs: 500 });
    server.behaviours = ["stored, an answer without end"];
    addAll(metrics, [1]);
    await metrics.flush(60_000);
    await vi.waitFor(async () => expect(await server.connections()).toBe(0), SOON);
    addAll(metrics, [2]);
    await metrics.flush(60_000);
    expect(server.values("Orders")).toEqual([1, 2]);
  });

  it("leaves no connection open that the other side could close while the sandbox sleeps", async () => {
    const metrics = otlp();
    addAll(metrics, [1]);
    await metrics.flush(60_000);
    await vi.waitFor(async () => expect(await server.connections()).toBe(0), SOON);
  });

  it("counts what has become too old while it waited", async () => {
    const metrics = otlp();
    server.behaviours = ["503"];
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
