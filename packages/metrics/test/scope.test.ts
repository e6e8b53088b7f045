import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createMetrics, MetricsError, type MetricsErrorCode } from "../src/index.js";
import { MemorySink } from "./tally.js";

function recorded(dimensions?: Record<string, string>) {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "Shop", sink, ...(dimensions && { dimensions }) });
  const dimensionsOf = (name: string) =>
    sink.series.filter((one) => one.name === name).map((one) => Object.fromEntries(one.dimensions));
  return { sink, metrics, dimensionsOf };
}

function codeOf(work: () => unknown): MetricsErrorCode | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof MetricsError) return error.code;
    throw error;
  }
  return undefined;
}

describe("a request's scope", () => {
  it("publishes one set when the work returns", () => {
    const { sink, metrics } = recorded();
    const result = metrics.run(() => {
      metrics.add("Orders", 1, "Count", { tenant: "a" });
      metrics.add("Orders", 1, "Count", { tenant: "a" });
      metrics.add("Orders", [2, 3], "Count", { tenant: "b" });
      expect(sink.sets).toEqual([]);
      return "done";
    });
    expect(result).toBe("done");
    expect(sink.sets).toHaveLength(1);
    expect(sink.series.map(({ dimensions, values }) => [[...dimensions], [...values]])).toEqual([
      [[["tenant", "a"]], [[1, 2]]],
      [
        [["tenant", "b"]],
        [
          [2, 1],
          [3, 1],
        ],
      ],
    ]);
  });

  it("publishes what an early return, an exception and a rejection leave behind", async () => {
    const { sink, metrics } = recorded();
    metrics.run(() => {
      metrics.add("Returned", 1);
      if (sink.sets.length === 0) return;
      metrics.add("Never", 1);
    });
    const failure = new Error("no");
    expect(() =>
      metrics.run(() => {
        metrics.add("Thrown", 1);
        throw failure;
      }),
    ).toThrow(failure);
    const rejected = metrics.run(async () => {
      await sleep(1);
      metrics.add("Rejected", 1);
      throw failure;
    });
    await expect(rejected).rejects.toBe(failure);
    expect(sink.series.map(({ name }) => name)).toEqual(["Returned", "Thrown", "Rejected"]);
  });

  it("has published before whoever awaits the work goes on", async () => {
    const { sink, metrics } = recorded();
    await metrics.run(async () => metrics.add("Orders", 1));
    expect(sink.values("Orders")).toEqual([1]);
  });

  it("starts a lazy promise once", async () => {
    const { sink, metrics } = recorded();
    let started = 0;
    // As query builders do: the query runs when it is awaited.
    const query = {
      then(resolve: (rows: number) => void) {
        started++;
        metrics.add("Queries", 1);
        resolve(started);
      },
    };
    expect(await metrics.run(() => query)).toBe(1);
    expect(sink.values("Queries")).toEqual([1]);
  });

  it("publishes nothing for an empty one", async () => {
    const { sink, metrics } = recorded({ stage: "prod" });
    metrics.run(() => metrics.dimension("tenant", "a"));
    metrics.run(() => metrics.add("Orders", []));
    metrics.scope().close();
    await metrics.flush();
    expect(sink.sets).toEqual([]);
  });

  it("gives a dimension to all metrics of the request, and to no other request", async () => {
    const { metrics, dimensionsOf } = recorded({ stage: "prod" });
    const request = (tenant: string, pauseMs: number) =>
      metrics.run(async () => {
        metrics.add("First", 1);
        await sleep(pauseMs);
        metrics.dimension("tenant", tenant);
        await sleep(pauseMs);
        metrics.add("Second", 1, "Count", { step: tenant });
      });
    await Promise.all([request("a", 6), request("b", 3), request("c", 1)]);
    metrics.run(() => metrics.add("First", 1));
    const tenants = ["c", "b", "a"].map((tenant) => ({ stage: "prod", tenant }));
    expect(dimensionsOf("First")).toEqual([...tenants, { stage: "prod" }]);
    expect(dimensionsOf("Second")).toEqual(tenants.map((scope) => ({ ...scope, step: scope.tenant })));
  });

  it("takes nothing over from the request in which a loop was started that serves others", async () => {
    const { metrics, dimensionsOf } = recorded();
    let next: () => void = () => undefined;
    metrics.run(() => {
      metrics.dimension("tenant", "a");
      const loop = async () => {
        await new Promise<void>((resolve) => (next = resolve));
        metrics.run(() => metrics.add("Served", 1));
      };
      void loop();
    });
    next();
    await sleep(1);
    expect(dimensionsOf("Served")).toEqual([{}]);
  });

  it("publishes what is added after its request under the dimensions of that request", async () => {
    const { metrics, sink, dimensionsOf } = recorded();
    await metrics.run(async () => {
      metrics.dimension("tenant", "a");
      setTimeout(() => metrics.add("Late", 1), 2);
    });
    metrics.run(() => metrics.dimension("tenant", "b"));
    await sleep(10);
    expect(dimensionsOf("Late")).toEqual([{ tenant: "a" }]);
    expect(sink.sets).toHaveLength(1);
  });

  it("publishes in parts when a request adds without end", () => {
    const { sink, metrics } = recorded();
    metrics.run(() => {
      for (let index = 0; index < 120_000; index++) metrics.add("Latency", index);
      expect(sink.sets.length).toBeGreaterThan(1);
    });
    expect(sink.values("Latency")).toEqual(Array.from({ length: 120_000 }, (_, index) => index));
  });

  it("counts a repeated value without holding it twice", () => {
    const { sink, metrics } = recorded();
    metrics.run(() => {
      for (let index = 0; index < 200_000; index++) metrics.add("Orders", 1, "Count");
    });
    expect(sink.sets).toHaveLength(1);
    expect([...sink.series[0]!.values]).toEqual([[1, 200_000]]);
  });
});

describe("a scope of its own", () => {
  it("keeps apart from the running request", () => {
    const { metrics, dimensionsOf } = recorded();
    metrics.run(() => {
      metrics.dimension("tenant", "a");
      const scope = metrics.scope({ dimensions: { batch: "1" } });
      scope.add("Rows", 5, "Count");
      scope.close();
    });
    expect(dimensionsOf("Rows")).toEqual([{ batch: "1" }]);
  });

  it("has the timestamp that it is given", () => {
    const { sink, metrics } = recorded();
    const timestamp = Date.now() - 3_600_000;
    metrics.run(() => metrics.add("Rows", 5), { timestamp });
    expect(sink.sets.map((set) => set.timestamp)).toEqual([timestamp]);
  });
});

describe("outside a scope", () => {
  it("publishes what is added in one go as one set, the first after a cold start included", async () => {
    const { sink, metrics } = recorded();
    metrics.add("ColdStart", 1, "Count");
    metrics.add("Loaded", 7, "Milliseconds");
    await Promise.resolve();
    metrics.run(() => metrics.add("Orders", 1));
    expect(sink.sets.map(({ series }) => series.map(({ name }) => name))).toEqual([
      ["ColdStart", "Loaded"],
      ["Orders"],
    ]);
  });

  it("takes no dimension", () => {
    const { metrics } = recorded();
    expect(codeOf(() => metrics.dimension("tenant", "a"))).toBe("LAC3211");
  });
});

describe("a dimension that is set twice", () => {
  const conflicts: Record<string, (metrics: ReturnType<typeof createMetrics>) => void> = {
    "in the scope": (metrics) => {
      metrics.dimension("tenant", "a");
      metrics.dimension("tenant", "b");
    },
    "in createMetrics and in the scope": (metrics) => metrics.dimension("stage", "test"),
    "in the scope and with a metric": (metrics) => {
      metrics.dimension("tenant", "a");
      metrics.add("Orders", 1, "Count", { tenant: "b" });
    },
    "with a metric and in the scope": (metrics) => {
      metrics.add("Orders", 1, "Count", { tenant: "b" });
      metrics.dimension("tenant", "a");
    },
  };

  it.each(Object.entries(conflicts))("is an error that the caller sees: %s", (_, work) => {
    const { metrics, sink } = recorded({ stage: "prod" });
    expect(codeOf(() => metrics.run(() => work(metrics)))).toBe("LAC3206");
    expect(sink.values("Orders").length).toBeLessThan(2);
  });

  it("is accepted with the same value", () => {
    const { metrics, dimensionsOf } = recorded();
    metrics.run(() => {
      metrics.dimension("tenant", "a");
      metrics.dimension("tenant", "a");
      metrics.add("Orders", 1, "Count", { tenant: "a" });
    });
    expect(dimensionsOf("Orders")).toEqual([{ tenant: "a" }]);
  });

  it("is an error in options of a scope, too", () => {
    const { metrics } = recorded({ stage: "prod" });
    expect(codeOf(() => metrics.run(() => undefined, { dimensions: { stage: "test" } }))).toBe("LAC3206");
    expect(codeOf(() => metrics.scope({ dimensions: { stage: "test" } }))).toBe("LAC3206");
  });
});
