import { findRuntime, freePort, type Outcome } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Occurrence, readLine } from "../../tools/aws/emf-document.js";
import { type Built, unpackedApp } from "./laconic.js";
import { shims } from "./shims.js";

const APP = `import { lambda, main } from "@laconic/runtime/library";
const greet = async (event, context, response) => response.end("grüezi");
main("Läden", "sells", [
  lambda("echo", async (event) => event),
  lambda("fail", async () => { throw Object.assign(new Error("none left"), { name: "OutOfStöck" }); }),
  lambda("stream", greet, { streaming: true }),
]);`;

/** With every request. */
const EACH = {
  Uptime: "Seconds",
  LambdaResponseLength: "Bytes",
  DispatchDuration: "Milliseconds",
  MemoryUsed: "Megabytes",
  StartRemainingTimeInMillis: "Milliseconds",
  DeadlineMargin: "Milliseconds",
};
const FIRST = {
  ColdStart: "Count",
  FirstRequestDuration: "Milliseconds",
  InitLoadDuration: "Milliseconds",
  InitAppDuration: "Milliseconds",
};
const OF_ENGINE = { InitEngineDuration: "Milliseconds" };
const OF_PROXY = {
  OpenSocketDuration: "Milliseconds",
  RequestCompleteDuration: "Milliseconds",
  ResponseCompleteDuration: "Milliseconds",
};

describe.each(shims)("metrics of the $shim shim", ({ shim, runtime }) => {
  let built: Built;
  let taskDir: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ built, taskDir, remove } = await unpackedApp(APP, shim));
  }, 120_000);
  afterAll(() => remove());

  /** What a process of the function wrote that is in the metric format, each line read as CloudWatch reads it. */
  async function serve(fn: string, events: readonly unknown[], env: Readonly<Record<string, string>>) {
    const lines: string[] = [];
    const { prepare } = await findRuntime(runtime);
    const sandbox = await prepare({
      taskDir,
      handler: built.functions.find(({ name }) => name === fn)!.handler,
      functionName: `shop-${fn}`,
      env: { LACONIC_PROXY_PORT: String(await freePort()), ...env },
      onLog: (line) => {
        if (line.includes('"_aws"')) lines.push(line);
      },
    });
    const outcomes: Outcome[] = [];
    try {
      sandbox.spawn();
      for (const event of events) outcomes.push(await sandbox.invoke(JSON.stringify(event)));
      // The last line comes after the last answer; that of the one before this must be there by now.
      await sandbox.invoke("0");
    } finally {
      await sandbox.close();
    }
    return { outcomes, requests: lines.map(readLine) };
  }

  const named = (occurrences: readonly Occurrence[]) =>
    Object.fromEntries(occurrences.map(({ name, value }) => [name, value]));
  const units = (occurrences: readonly Occurrence[]) =>
    Object.fromEntries(occurrences.map(({ name, unit }) => [name, unit]));
  const ofRequests = (all: readonly (readonly Occurrence[])[]) =>
    all.filter((occurrences) => "DispatchDuration" in named(occurrences));

  it("are one line a request, with the start in the first", async () => {
    const { requests } = await serve("echo", [{ a: 1 }, "two"], { LACONIC_METRICS: "emf" });
    const [first, second] = ofRequests(requests);
    const more = shim === "proxy" ? OF_PROXY : {};
    const engine = shim === "python" || shim === "native" ? OF_ENGINE : {};
    expect(units(first!)).toEqual({ ...EACH, ...FIRST, ...more, ...engine });
    expect(units(second!)).toEqual({ ...EACH, ...more });
    expect(named(first!)).toMatchObject({ ColdStart: 1, LambdaResponseLength: 7 });
    expect(named(second!)).toMatchObject({ LambdaResponseLength: 5 });
    for (const { namespace, dimensions, value } of [...first!, ...second!]) {
      expect([namespace, [...dimensions]]).toEqual([
        "Sparta/L-den",
        [
          ["Path", "echo"],
          ["Name", "shop-echo"],
        ],
      ]);
      expect(value).toBeGreaterThanOrEqual(0);
    }
    expect(named(first!)["MemoryUsed"]).toBeGreaterThan(1);
    expect(named(first!)["StartRemainingTimeInMillis"]).toBeLessThanOrEqual(3000);
  });

  it("count errors in all and by type", async () => {
    const { outcomes, requests } = await serve("fail", [{}], { LACONIC_METRICS: "cloudwatch" });
    expect(outcomes[0]!.kind).toBe("error");
    const errors = ofRequests(requests)[0]!.filter(({ name }) => name === "Errors");
    expect(errors.map(({ value, dimensions }) => [value, [...dimensions]])).toEqual([
      [
        1,
        [
          ["Path", "fail"],
          ["Name", "shop-fail"],
        ],
      ],
      [
        1,
        [
          ["Path", "fail"],
          ["Name", "shop-fail"],
          ["ErrorType", "OutOfSt?ck"],
        ],
      ],
    ]);
    expect(named(ofRequests(requests)[0]!)).toMatchObject({ LambdaResponseLength: 0 });
  });

  it("count the bytes of a stream", async () => {
    const { outcomes, requests } = await serve("stream", [{}], { LACONIC_METRICS: "otlp" });
    expect(outcomes[0]!.kind).toBe("response");
    const sent = outcomes[0]!.payload.length;
    // AWS's client puts the same value into other words.
    const apart = runtime === "nodejs" ? 4 : 0;
    const counted = named(ofRequests(requests)[0]!)["LambdaResponseLength"]!;
    expect(Math.abs(counted - sent)).toBeLessThanOrEqual(apart);
  });

  it("are none unless they are asked for", async () => {
    for (const env of [{}, { LACONIC_METRICS: "none" }, { LACONIC_METRICS: "" }])
      expect((await serve("echo", [1], env)).requests).toEqual([]);
  });

  if (shim === "proxy") {
    it("count its processes", async () => {
      const { requests } = await serve("echo", [1, 2], { LACONIC_METRICS: "emf" });
      const counters = requests.flat().filter(({ name }) => name.startsWith("Process"));
      expect(counters.map(({ name, value, dimensions }) => [name, value, [...dimensions]])).toEqual([
        ["ProcessCreated", 1, []],
        ["ProcessReused", 1, []],
        ["ProcessReused", 1, []],
      ]);
    });
  }
});
