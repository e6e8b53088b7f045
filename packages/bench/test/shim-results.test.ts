import { describe, expect, it } from "vitest";
import {
  type BenchSetup,
  compareRuns,
  costPerMillion,
  cpuShare,
  htmlReport,
  markdownReport,
  type ShimSamples,
  summarise,
  textReport,
} from "../src/index.js";

const setup: BenchSetup = {
  subject: "app.ts#hello",
  event: "{}",
  memoryMb: 128,
  cage: "0.072 of a processor",
  rounds: 20,
  requests: 5,
  coldCache: false,
  coldShare: 0.01,
  machine: { architecture: "x64", cpus: 2, model: "a processor", load: 0.5 },
  date: "2026-01-01T00:00:00.000Z",
};

/** Twenty rounds round a value, the same ones each time. */
function around(value: number, spread = 0.05): number[] {
  return Array.from({ length: 20 }, (_, round) => value * (1 + spread * Math.sin(round * 2.4)));
}

function samples(
  name: string,
  role: ShimSamples["role"],
  cold: number,
  warm: number,
  more: Partial<ShimSamples> = {},
) {
  return {
    ...{ name, role, packageBytes: role === "floor" ? 0 : 1_000_000, answer: '{"a":1}' },
    initMs: around(cold * 0.8),
    firstMs: around(cold * 0.2),
    coldMs: around(cold),
    warmMs: around(warm),
    roundWarmMs: around(warm),
    memoryKib: around(10_240),
    ...more,
  };
}

const floor = samples("empty program", "floor", 30, 0.2);

describe("a benchmark's summary", () => {
  const NOW = "Mon, 30 Nov 2026 14:33:49 GMT";

  it.each([
    [
      "another second",
      { statusCode: 200, headers: { date: "Mon, 30 Nov 2026 14:33:50 GMT", etag: "1" }, body: "" },
      "same",
    ],
    [
      "another order",
      { body: "", statusCode: 200, headers: { etag: "1", date: NOW } },
      "same value, other bytes",
    ],
    [
      "no cookies",
      { statusCode: 200, headers: { date: NOW, etag: "1" }, body: "", cookies: [], isBase64Encoded: false },
      "same value, other bytes",
    ],
    ["another header", { statusCode: 200, headers: { date: NOW, etag: "2" }, body: "" }, "different"],
    ["no JSON", undefined, "different"],
  ])("compares HTTP answers by what they mean: %s", (_, answer, expected) => {
    const first = JSON.stringify({ statusCode: 200, headers: { date: NOW, etag: "1" }, body: "" });
    const second = answer === undefined ? "a" : JSON.stringify(answer);
    const { rows } = summarise(setup, [
      samples("node", "shim", 100, 1, { answer: first }),
      samples("native", "shim", 50, 1, { answer: second }),
      floor,
    ]);
    expect(rows[1]).toMatchObject({ name: "native", answer: expected });
  });

  it("names the cheapest shim, and how much faster it starts than the slowest", () => {
    const { verdict } = summarise(setup, [
      samples("proxy", "shim", 1000, 5),
      samples("native", "shim", 50, 1),
      floor,
    ]);
    expect(verdict).toMatch(/^Take native: it starts 20\.0 x as fast as proxy.*cheapest/);
  });

  it("says plainly that node is better for a function that computes", () => {
    const { verdict } = summarise(setup, [
      samples("node", "shim", 500, 20),
      samples("native", "shim", 100, 900),
      floor,
    ]);
    expect(verdict).toMatch(/^Take node for this function.*45\.0 x as fast as native/);
  });

  it("tells equal bytes from equal values from others", () => {
    const rows = summarise(setup, [
      samples("python", "shim", 1, 1, { answer: '{ "a": 1 }' }),
      samples("node", "shim", 1, 1, { answer: '{"a":1}' }),
      samples("proxy", "shim", 1, 1, { answer: '{"a":2}' }),
    ]).rows;
    expect(rows.map(({ answer }) => answer)).toEqual(["same", "same value, other bytes", "different"]);
  });

  it("leaves a subject that failed out of the rows, and says why in the notes", () => {
    const failed = samples("llrt", "peer", 1, 1, { failure: "it lacks a module" });
    const result = summarise(setup, [samples("node", "shim", 1, 1), failed]);
    expect(result.rows.map(({ name }) => name)).toEqual(["node"]);
    expect(textReport(result)).toContain("llrt is left out: it lacks a module");
  });

  it("bills init and the milliseconds that were begun", () => {
    const usage = { memoryMb: 1024, architecture: "x86_64" } as const;
    const cold = costPerMillion({ ...usage, initMs: 99.5, firstMs: 0.2, warmMs: 0, coldShare: 1 });
    expect(cold).toBeCloseTo(0.2 + 1e6 * 0.1 * 0.0000166667);
    const warm = costPerMillion({ ...usage, initMs: 99.5, firstMs: 0.2, warmMs: 1.1, coldShare: 0 });
    expect(warm).toBeCloseTo(0.2 + 1e6 * 0.002 * 0.0000166667);
  });

  it("gives a function of 128 MB the share of a processor that Lambda does", () => {
    expect(cpuShare(128)).toBeCloseTo(0.072, 3);
  });
});

describe("a comparison with a baseline", () => {
  const before = summarise(setup, [samples("native", "shim", 60, 1), floor]);
  const figures = (now: ReturnType<typeof summarise>) =>
    Object.fromEntries(compareRuns(before, now, 0.1).map((change) => [change.figure, change]));

  it("passes a run that differs by noise alone", () => {
    expect(compareRuns(before, before, 0.1).filter(({ failed }) => failed)).toEqual([]);
  });

  it("passes a slower machine, whose floor is as much slower", () => {
    const slower = summarise(setup, [
      samples("native", "shim", 180, 3),
      samples("empty program", "floor", 90, 0.6),
    ]);
    expect(compareRuns(before, slower, 0.1).filter(({ failed }) => failed)).toEqual([]);
  });

  it("fails a start that is surely slower, and gives the interval", () => {
    const { "cold start": cold, "warm request": warm } = figures(
      summarise(setup, [samples("native", "shim", 80, 1), floor]),
    );
    expect(cold).toMatchObject({ failed: true });
    expect(cold!.ratio).toBeCloseTo(80 / 60, 2);
    expect(cold!.interval[0]).toBeGreaterThan(1.1);
    expect(warm).toMatchObject({ failed: false });
  });

  it("counts bytes exactly", () => {
    const larger = summarise(setup, [samples("native", "shim", 60, 1, { packageBytes: 1_110_000 }), floor]);
    expect(figures(larger)["package"]).toMatchObject({ ratio: 1.11, interval: [1.11, 1.11], failed: true });
  });

  it("counts what else is counted exactly, and passes over what the baseline does not have", () => {
    const run = (counts: Record<string, number>) =>
      summarise(setup, [samples("native", "shim", 30, 0.2, { counts }), floor]);
    const changes = compareRuns(run({ relocations: 1000 }), run({ relocations: 1101, bootstrap: 5 }), 0.1);
    expect(changes.filter(({ figure }) => !/cold|warm|package/.test(figure))).toEqual([
      { subject: "native", figure: "relocations", ratio: 1.101, interval: [1.101, 1.101], failed: true },
    ]);
  });

  it("refuses a run without a floor", () => {
    const without = summarise(setup, [samples("native", "shim", 60, 1)]);
    expect(() => compareRuns(without, before, 0.1)).toThrow(expect.objectContaining({ code: "LAC7012" }));
  });
});

describe("the reports", () => {
  const result = summarise(setup, [
    samples("native", "shim", 60, 1),
    samples("<node>", "shim", 500, 1),
    floor,
  ]);

  it("are a table in Markdown", () => {
    const lines = markdownReport(result).split("\n");
    expect(lines[2]).toMatch(/^\| {2}\| cold p50 ms \|/);
    expect(lines.filter((line) => line.startsWith("| "))).toHaveLength(5);
  });

  it("are one page that fetches nothing and runs nothing, with three plots", async () => {
    const html = await htmlReport(result);
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).not.toMatch(/<script|<link|src=|url\(/);
    expect(html).toContain("&lt;node&gt;");
    expect(html).not.toContain("<node>");
  });
});
