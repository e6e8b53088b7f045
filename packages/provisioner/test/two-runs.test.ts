import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inventory } from "../../../tools/aws/inventory.mjs";
import { accountAt, startMinistack, type Ministack } from "../../../tools/aws/ministack.mjs";
import { Aws, provision, remove, status, type Provisioned } from "../src/index.js";
import { contextFor, SILENT } from "./small-service.js";

let ministack: Ministack;
let folder: string;
let before: object;
const aws = new Aws();

beforeAll(async () => {
  ministack = await startMinistack();
  folder = await mkdtemp(join(tmpdir(), "laconic-two-"));
  Object.assign(process.env, accountAt(ministack.endpoint));
  before = await inventory(ministack.endpoint);
});
afterEach(async () => {
  await remove(aws, {
    options: { stackName: "SmallService", service: "SmallService", noop: false, pollMs: 5 },
    confirm: async () => true,
    listener: SILENT,
    signal: new AbortController().signal,
  });
  expect(await inventory(ministack.endpoint)).toEqual(before);
});
afterAll(async () => {
  await aws.close();
  await ministack?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Lets those who come wait for each other. */
function meeting(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) waiting.forEach((go) => go());
    });
}

/** One run of two that stop before the step and go on together. */
function run(name: string, memorySize: number, step: string, meet: () => Promise<void>) {
  const { options, ...context } = contextFor(join(folder, name), memorySize);
  const around = async (moment: string, at: string) => {
    if (moment === "before" && at === step) await meet();
  };
  return provision(aws, { ...context, options: { ...options, hooks: { around } } });
}

function outcome(settled: PromiseSettledResult<Provisioned>) {
  return settled.status === "fulfilled" ? settled.value.outcome : (settled.reason as { code: string }).code;
}

async function both(step: string, memorySizes: readonly [number, number]) {
  const meet = meeting(2);
  const runs = memorySizes.map((memorySize, index) => run(`run-${index}`, memorySize, step, meet));
  return Promise.allSettled(runs);
}

describe("two runs at once", () => {
  it("that make one stack: one makes it, the other says that the stack is busy and what to do", async () => {
    const settled = await both("stack", [128, 256]);
    expect(settled.map(outcome).sort()).toEqual(["LAC9040", "created"]);
    const refused = settled.find(({ status: state }) => state === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({
      message: expect.stringContaining("The stack SmallService is busy: another run changes it"),
      hint: expect.stringContaining("`npx @laconic/cli status`"),
    });
    expect((await status(aws, "SmallService")).status).toBe("CREATE_COMPLETE");
    // The same command again, by whoever lost.
    await expect(provision(aws, contextFor(folder, 256))).resolves.toBeDefined();
  });

  it("that update one stack: one updates it, the other says that it is busy", async () => {
    await provision(aws, contextFor(folder));
    const settled = await both("stack", [256, 512]);
    expect(settled.map(outcome).sort()).toEqual(["LAC9040", "updated"]);
    expect((await status(aws, "SmallService")).status).toBe("UPDATE_COMPLETE");
  });

  it.each(["bucket", "upload", "change set"])("that reach the step %s together end well", async (step) => {
    const settled = await both(step, [128, 256]);
    const outcomes = settled.map(outcome);
    expect(outcomes).toContain("created");
    expect(outcomes.filter((one) => !["created", "LAC9031", "LAC9040"].includes(one))).toEqual([]);
    expect((await status(aws, "SmallService")).status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  });
});

describe("a run that is given up", () => {
  it("leaves the package and the stack to another run that needs them", async () => {
    const context = contextFor(join(folder, "given-up"));
    let other: Promise<Provisioned> | undefined;
    const declined = provision(aws, {
      ...context,
      // It has uploaded the package and made a change set; the other run finds both and deploys.
      confirm: async () => {
        other = provision(aws, contextFor(join(folder, "other")));
        await other.catch(() => undefined);
        return false;
      },
    });
    await expect(declined).rejects.toMatchObject({ code: "LAC9034" });
    await expect(other).resolves.toMatchObject({ outcome: "created", packages: [{ isNew: false }] });
    expect((await status(aws, "SmallService")).status).toBe("CREATE_COMPLETE");
  });
});
