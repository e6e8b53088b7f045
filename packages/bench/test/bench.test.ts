import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { BASELINE, benchColdStart, benchMemory, benchWarm } from "../src/index.js";

const taskDir = fileURLToPath(new URL("fixtures", import.meta.url));
const subject = { name: "ok", taskDir, handler: "index.ok" };

it("measures cold starts beside the baseline", async () => {
  const results = await benchColdStart([subject], { rounds: 2, warmupRounds: 0 });
  expect(results.map(({ name, coldStartMs }) => [name, coldStartMs.count])).toEqual([
    [BASELINE, 2],
    ["ok", 2],
  ]);
  expect(results[0]!.ratio).toBe(1);
}, 300_000);

it("divides by the subject that another is beside, round by round", async () => {
  const other = { ...subject, name: "other", beside: "ok" };
  const cold = await benchColdStart([subject, other], { rounds: 1, warmupRounds: 0 });
  expect(cold[2]!.beside).toEqual({ name: "ok", ratio: cold[2]!.coldStartMs.p50 / cold[1]!.coldStartMs.p50 });
  const warm = await benchWarm([subject, other], { requests: 3, warmupRequests: 1 });
  expect(warm[2]!.beside).toEqual({ name: "ok", ratio: warm[2]!.callUs.p50 / warm[1]!.callUs.p50 });
});

it("measures warm calls beside the baseline", async () => {
  const results = await benchWarm([subject], { requests: 20, warmupRequests: 1 });
  expect(results.map(({ name, callUs }) => [name, callUs.count])).toEqual([
    [BASELINE, 20],
    ["ok", 20],
  ]);
  expect(results[0]!.overBaselineUs).toEqual({ p50: 0, p99: 0 });
});

it("measures resident memory after the process has settled", async () => {
  const { settledKib, endKib, growthKib } = await benchMemory(subject, { requests: 20, settledAfter: 10 });
  expect(settledKib).toBeGreaterThan(1000);
  expect(growthKib).toBe(endKib - settledKib);
});

it("does not measure a function that fails", async () => {
  const failing = { ...subject, handler: "index.raises" };
  await expect(benchWarm([failing], { requests: 1 })).rejects.toMatchObject({ code: "LAC7007" });
});
