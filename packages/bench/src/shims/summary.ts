import { isDeepStrictEqual } from "node:util";
import { type Distribution, distribution, median } from "../statistics.js";
import type { ShimSamples } from "./bench-shims.js";
import { costPerMillion, PRICES } from "./cost.js";

/** Under which conditions a benchmark ran. */
export interface BenchSetup {
  readonly subject: string;
  readonly event: string;
  readonly memoryMb: number;
  readonly cage: string;
  readonly rounds: number;
  readonly requests: number;
  readonly coldCache: boolean;
  /** Share of requests that start a sandbox, for the cost. */
  readonly coldShare: number;
  readonly machine: {
    readonly architecture: string;
    readonly cpus: number;
    readonly model: string;
    readonly load: number;
  };
  readonly date: string;
}

/** A benchmark's JSON: what was measured, raw and summed up. */
export interface BenchResult {
  readonly version: 1;
  readonly setup: BenchSetup;
  readonly prices: typeof PRICES;
  readonly samples: readonly ShimSamples[];
  readonly rows: readonly BenchRow[];
  /** In one sentence, which to take, and why. */
  readonly verdict: string;
}

/** One subject, summed up. */
export interface BenchRow {
  readonly name: string;
  readonly role: ShimSamples["role"];
  readonly coldMs: Distribution;
  readonly initMs: Distribution;
  readonly firstMs: Distribution;
  readonly warmMs: Distribution;
  readonly memoryMb: number;
  readonly packageBytes: number;
  /** Dollars. */
  readonly costPerMillion: number;
  /** Compared with the first shim's answer. */
  readonly answer: "same" | "same value, other bytes" | "different";
}

export function summarise(setup: BenchSetup, samples: readonly ShimSamples[]): BenchResult {
  const measured = samples.filter(({ failure }) => failure === undefined);
  const reference = measured.find(({ role }) => role === "shim");
  const rows = measured.map((each) => row(each, setup, reference?.answer));
  return { version: 1, setup, prices: PRICES, samples, rows, verdict: verdict(rows, setup) };
}

function row(
  samples: ShimSamples,
  { memoryMb, coldShare, machine }: BenchSetup,
  reference?: string,
): BenchRow {
  const { name, role, packageBytes, initMs, firstMs, coldMs, warmMs, memoryKib, answer } = samples;
  const architecture = machine.architecture === "arm64" ? "arm64" : "x86_64";
  const usage = { initMs: median(initMs), firstMs: median(firstMs), warmMs: median(warmMs) };
  return {
    ...{ name, role, packageBytes },
    coldMs: distribution(coldMs),
    initMs: distribution(initMs),
    firstMs: distribution(firstMs),
    warmMs: distribution(warmMs),
    memoryMb: median(memoryKib) / 1024,
    costPerMillion: costPerMillion({ ...usage, memoryMb, coldShare, architecture }),
    answer: compared(answer, reference),
  };
}

function compared(answer: string, reference: string | undefined): BenchRow["answer"] {
  if (reference === undefined) return "same";
  const [text, other] = [withoutDate(answer), withoutDate(reference)];
  if (text === other) return "same";
  try {
    return isDeepStrictEqual(meaning(JSON.parse(text)), meaning(JSON.parse(other)))
      ? "same value, other bytes"
      : "different";
  } catch {
    return "different";
  }
}

/** An HTTP answer names the second in which it was made. */
function withoutDate(answer: string): string {
  return answer.replace(/("date":")\w{3}, [^"]* GMT"/gi, '$1"');
}

/** What API Gateway makes of an answer: no cookies, and a list of none, are the same. */
function meaning(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) return answer;
  return { cookies: [], isBase64Encoded: false, ...answer };
}

/** What a warm request may take longer before it outweighs a start. */
const SLOWER = 1.25;

/** Says plainly when Node's compiler is worth more than a short start. */
function verdict(rows: readonly BenchRow[], { coldShare }: BenchSetup): string {
  const shims = rows.filter(({ role }) => role === "shim");
  const cheapest = [...shims].sort((a, b) => a.costPerMillion - b.costPerMillion)[0];
  if (cheapest === undefined) return "No shim could be measured.";
  const share = `${(coldShare * 100).toFixed(coldShare < 0.01 ? 2 : 1)} % of requests cold`;
  const node = shims.find(({ name }) => name === "node");
  const library = shims
    .filter(({ name }) => name === "python" || name === "native")
    .sort((a, b) => a.warmMs.p50 - b.warmMs.p50)[0];
  const cost = `$${cheapest.costPerMillion.toFixed(2)} a million`;
  if (node && library && library.warmMs.p50 > SLOWER * node.warmMs.p50 && cheapest === node) {
    const times = (library.warmMs.p50 / node.warmMs.p50).toFixed(1);
    return (
      `Take node for this function: its compiler answers a warm request ${times} x as fast as ${library.name}, and with ${share} ` +
      `it is the cheapest (${cost}). ${library.name} starts ${(node.coldMs.p50 / library.coldMs.p50).toFixed(1)} x as fast.`
    );
  }
  const slowest = [...shims].sort((a, b) => b.coldMs.p50 - a.coldMs.p50)[0]!;
  const faster =
    slowest === cheapest
      ? ""
      : `: it starts ${(slowest.coldMs.p50 / cheapest.coldMs.p50).toFixed(1)} x as fast as ${slowest.name}`;
  return `Take ${cheapest.name}${faster}, and with ${share} it is the cheapest (${cost}).`;
}
