import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inventory } from "../../../tools/aws/inventory.mjs";
import { accountAt, startMinistack, type Ministack } from "../../../tools/aws/ministack.mjs";
import { Aws, provision, ProvisionError, remove, status } from "../src/index.js";
import { FaultProxy, type Fault } from "./fault-proxy.js";
import { contextFor, SILENT } from "./small-service.js";

const EVERY: readonly Fault[] = ["dropped", "lost", "throttled", "failed", "denied", "expired"];
/** The faults that leave it open whether the call took effect, and one that does not. */
const OPEN: readonly Fault[] = ["dropped", "lost", "failed"];

let ministack: Ministack;
let proxy: FaultProxy;
let folder: string;
let before: object;

beforeAll(async () => {
  ministack = await startMinistack();
  proxy = new FaultProxy(ministack.endpoint);
  folder = await mkdtemp(join(tmpdir(), "laconic-faults-"));
  Object.assign(process.env, accountAt(await proxy.start()));
  before = await inventory(ministack.endpoint);
}, 120_000);
afterAll(async () => {
  proxy?.stop();
  await ministack?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** One attempt a call: with more, the SDK would hide most faults. */
const once = () => new Aws({ attempts: 1 });

async function withAws<T>(work: (aws: Aws) => Promise<T>): Promise<T> {
  const aws = once();
  return work(aws).finally(() => aws.close());
}

const deploy = (memorySize?: number) => withAws((aws) => provision(aws, contextFor(folder, memorySize)));
const destroy = () =>
  withAws((aws) =>
    remove(aws, {
      options: { stackName: "SmallService", service: "SmallService", noop: false, pollMs: 5 },
      confirm: async () => true,
      listener: SILENT,
      signal: new AbortController().signal,
    }),
  );

/** How many calls a command makes when all goes well. */
async function countCalls(command: () => Promise<unknown>): Promise<number> {
  proxy.arm(Infinity);
  await command();
  return proxy.calls;
}

/** What and where in the message, why in the frame, and a next step. */
function isClear(error: unknown): boolean {
  if (!(error instanceof ProvisionError)) return false;
  return (
    /failed|could not|is /.test(error.message) &&
    error.hint.length > 20 &&
    !/undefined|\[object/.test(`${error.message}${error.frame}`)
  );
}

interface Case {
  readonly faults: readonly Fault[];
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
}

const COMMANDS: Readonly<Record<string, Case>> = {
  "creating a stack": { faults: EVERY, run: () => deploy() },
  "updating a stack": { faults: OPEN, prepare: () => deploy(), run: () => deploy(256) },
  "deleting a stack": { faults: OPEN, prepare: () => deploy(), run: () => destroy() },
};

describe.each(Object.entries(COMMANDS))("%s", (name, { faults, prepare, run }) => {
  it("survives every fault of every call: the message is clear, and the same command succeeds afterwards", async () => {
    await prepare?.();
    const calls = await countCalls(run);
    await destroy().catch(() => undefined);
    expect(await inventory(ministack.endpoint)).toEqual(before);
    const unclear: string[] = [];
    const left: unknown[] = [];
    for (const fault of faults) {
      for (let at = 1; at <= calls; at++) {
        proxy.arm(Infinity);
        await prepare?.();
        proxy.arm(at, fault);
        const error = await run().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (process.env["VERBOSE"]) console.log(`${name}: ${fault} at ${at} of ${calls}: ${String(error)}`);
        if (error !== undefined && !isClear(error)) unclear.push(`${fault} at ${at}: ${String(error)}`);
        proxy.arm(Infinity);
        // What was deleted before its answer was lost is not there to be deleted again.
        await run().catch((again: unknown) => {
          if (name !== "deleting a stack" || (again as ProvisionError).code !== "LAC9030") throw again;
        });
        await destroy().catch(() => undefined);
      }
      left.push(await inventory(ministack.endpoint));
    }
    console.log(`${name}: ${calls * faults.length} faults injected`);
    expect(unclear).toEqual([]);
    expect(left).toEqual(faults.map(() => before));
  }, 3_600_000);
});

describe("a process that is killed", () => {
  it("at any call leaves what the same command takes up", async () => {
    const calls = await countCalls(() => deploy());
    await destroy();
    for (let at = 1; at <= calls; at++) {
      await killedAt(at);
      proxy.arm(Infinity);
      await expect(deploy(), `killed at call ${at}`).resolves.toBeDefined();
      await destroy();
    }
    console.log(`${calls} kills`);
    expect(await inventory(ministack.endpoint)).toEqual(before);
  }, 3_600_000);
});

describe("a run that is interrupted", () => {
  it("at any call ends with a clear message, and the same command takes up what it left", async () => {
    const calls = await countCalls(() => deploy());
    await destroy();
    const ends: unknown[] = [];
    for (let at = 1; at <= calls; at++) {
      const error = await interruptedAt(at);
      ends.push((error as { code?: string } | undefined)?.code);
      proxy.arm(Infinity);
      // What AWS was asked to do goes on: wait until it has.
      await idle();
      await expect(deploy(), `interrupted at call ${at}`).resolves.toBeDefined();
      await destroy();
    }
    console.log(`${calls} interruptions`);
    // Until AWS changes the stack everything is taken back; from then on AWS goes on and the message says so, or it is done.
    const taken = ends.lastIndexOf("LAC8009") + 1;
    expect(taken).toBeGreaterThan(0);
    expect(ends.slice(0, taken)).toEqual(Array.from({ length: taken }, () => "LAC8009"));
    expect(ends.length).toBeGreaterThan(taken);
    expect(ends.slice(taken).filter((code) => code !== undefined && code !== "LAC9037")).toEqual([]);
    expect(await inventory(ministack.endpoint)).toEqual(before);
  }, 3_600_000);
});

/** As Ctrl-C does it: the signal's reason is what the command line says. @returns what the run failed with */
async function interruptedAt(at: number): Promise<unknown> {
  const controller = new AbortController();
  const interrupted = Object.assign(new Error("Provisioning was interrupted."), { code: "LAC8009" });
  proxy.arm(at, "none", () => controller.abort(interrupted));
  return withAws((aws) => provision(aws, { ...contextFor(folder), signal: controller.signal })).then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function idle(): Promise<void> {
  for (;;) {
    const state = await withAws((aws) => status(aws, "SmallService")).catch(() => undefined);
    if (!state?.status.endsWith("_IN_PROGRESS") || state.status === "REVIEW_IN_PROGRESS") return;
    await sleep(20);
  }
}

/** Runs a deployment in a process that is killed when AWS is about to answer its call of that number. */
async function killedAt(at: number): Promise<void> {
  const child = fork(fileURLToPath(new URL("fixtures/deploy.mjs", import.meta.url)), [folder], {
    stdio: "ignore",
  });
  proxy.arm(at, "lost", () => child.kill("SIGKILL"));
  await new Promise((resolve) => child.once("exit", resolve));
}
