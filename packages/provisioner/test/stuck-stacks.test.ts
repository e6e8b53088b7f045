import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Aws, provision, recover, remove, status } from "../src/index.js";
import { Refused, ScriptedAws, type Call } from "./scripted-aws.js";
import { contextFor, SILENT } from "./small-service.js";

const STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/SmallService/1";
const TAGS = [{ Key: "io:laconic:service", Value: "SmallService" }];

let fake: ScriptedAws;
let folder: string;
let aws: Aws;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "laconic-stuck-"));
  return () => rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await aws?.close();
  fake?.stop();
});

/** A stack that is in one state until an action brings it into another one. */
function stackIn(state: string, moves: Readonly<Record<string, string>> = {}, tags = TAGS) {
  let now = state;
  const events: object[] = [];
  const move = (action: string, reason?: string) => (call: Call) => {
    now = moves[action] ?? now;
    events.unshift({
      EventId: String(events.length),
      StackId: STACK_ID,
      StackName: "SmallService",
      LogicalResourceId: "SmallService",
      ResourceType: "AWS::CloudFormation::Stack",
      ResourceStatus: now,
      Timestamp: "2026-01-01T00:00:00Z",
      ClientRequestToken: call.parameters["ClientRequestToken"] ?? "",
      ...(reason && { ResourceStatusReason: reason }),
    });
    return {};
  };
  return {
    move,
    script: {
      GetCallerIdentity: () => ({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/me" }),
      DescribeStacks: () => {
        if (now === "GONE") throw new Refused("ValidationError", "Stack with id SmallService does not exist");
        return {
          Stacks: [
            {
              StackId: STACK_ID,
              StackName: "SmallService",
              StackStatus: now,
              CreationTime: "2026-01-01T00:00:00Z",
              Tags: tags,
            },
          ],
        };
      },
      DescribeStackEvents: () => ({ StackEvents: events }),
      DescribeStackResources: () => ({ StackResources: [] }),
      ListStackResources: () => ({ StackResourceSummaries: [] }),
      GetTemplate: () => ({ TemplateBody: "{}" }),
      DeleteStack: move("DeleteStack"),
      ContinueUpdateRollback: move("ContinueUpdateRollback"),
      RollbackStack: move("RollbackStack"),
    } as Record<string, (call: Call) => object>,
  };
}

async function scripted(script: Record<string, (call: Call) => object>, attempts = 3): Promise<void> {
  fake = new ScriptedAws(script);
  await fake.start();
  aws = new Aws({ attempts });
}

function recovering(options: { noop?: boolean; emptyBuckets?: boolean; yes?: boolean } = {}) {
  return recover(aws, {
    stackName: "SmallService",
    service: "SmallService",
    emptyBuckets: options.emptyBuckets ?? false,
    noop: options.noop ?? false,
    pollMs: 5,
    confirm: async () => options.yes ?? true,
    listener: SILENT,
    signal: new AbortController().signal,
  });
}

const STUCK = [
  "ROLLBACK_COMPLETE",
  "ROLLBACK_FAILED",
  "CREATE_FAILED",
  "DELETE_FAILED",
  "UPDATE_ROLLBACK_FAILED",
  "UPDATE_FAILED",
];

describe("provision", () => {
  it.each(STUCK)("names %s and the way out, and changes nothing", async (state) => {
    await scripted(stackIn(state).script);
    await expect(provision(aws, contextFor(folder))).rejects.toMatchObject({
      code: "LAC9031",
      message: expect.stringContaining(`SmallService is ${state}: `),
      hint: expect.stringContaining("npx @laconic/cli recover"),
    });
    expect(new Set(fake.actions())).toEqual(new Set(["GetCallerIdentity", "DescribeStacks"]));
  });

  it.each([
    "UPDATE_IN_PROGRESS",
    "CREATE_IN_PROGRESS",
    "DELETE_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
  ])("does not disturb a stack that is %s", async (state) => {
    await scripted(stackIn(state).script);
    await expect(provision(aws, contextFor(folder))).rejects.toMatchObject({
      code: "LAC9031",
      message: expect.stringContaining("another operation is running"),
      hint: expect.stringContaining("npx @laconic/cli status"),
    });
  });

  it("leaves a stack alone that is somebody else's", async () => {
    await scripted(stackIn("CREATE_COMPLETE", {}, [{ Key: "team", Value: "other" }]).script);
    const foreign = { code: "LAC9032", message: expect.stringContaining("that Laconic did not make") };
    await expect(provision(aws, contextFor(folder))).rejects.toMatchObject(foreign);
    await expect(recovering()).rejects.toMatchObject({ code: "LAC9032" });
    expect(fake.actions()).not.toContain("DeleteStack");
  });

  it("tries a throttled call again", async () => {
    const { script } = stackIn("UPDATE_FAILED");
    let left = 2;
    const describe_ = script["DescribeStacks"]!;
    await scripted({
      ...script,
      DescribeStacks: (call) => {
        if (left-- > 0) throw new Refused("Throttling", "Rate exceeded");
        return describe_(call);
      },
    });
    await expect(provision(aws, contextFor(folder))).rejects.toMatchObject({ code: "LAC9031" });
    expect(fake.of("DescribeStacks")).toHaveLength(3);
  });

  it("says that AWS does not keep up when all tries are throttled", async () => {
    const { script } = stackIn("CREATE_COMPLETE");
    const throttled = () => {
      throw new Refused("Throttling", "Rate exceeded");
    };
    await scripted({ ...script, DescribeStacks: throttled }, 2);
    await expect(provision(aws, contextFor(folder))).rejects.toMatchObject({
      code: "LAC9014",
      frame: expect.stringContaining("Rate exceeded"),
      hint: expect.stringContaining("goes on where it stopped"),
    });
  });
});

describe("recover", () => {
  it.each(["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "REVIEW_IN_PROGRESS"])(
    "deletes a stack that is %s",
    async (state) => {
      await scripted(stackIn(state, { DeleteStack: "GONE" }).script);
      expect(await recovering()).toMatchObject({
        status: state,
        plan: [expect.stringContaining("Delete the stack SmallService")],
        next: expect.stringContaining("npx @laconic/cli provision"),
      });
      expect(fake.of("DeleteStack")).toHaveLength(1);
    },
  );

  it("says what it would do and does nothing with --noop, or without a yes", async () => {
    await scripted(stackIn("ROLLBACK_COMPLETE").script);
    expect((await recovering({ noop: true })).plan).toHaveLength(1);
    await expect(recovering({ yes: false })).rejects.toMatchObject({ code: "LAC9034" });
    expect(fake.actions()).not.toContain("DeleteStack");
  });

  it("goes on with a rollback that failed, and skips what cannot go back", async () => {
    const { script } = stackIn("UPDATE_ROLLBACK_FAILED", {
      ContinueUpdateRollback: "UPDATE_ROLLBACK_COMPLETE",
    });
    const stuck = {
      LogicalResourceId: "JobsQueue",
      ResourceType: "AWS::SQS::Queue",
      ResourceStatus: "UPDATE_FAILED",
      Timestamp: "2026-01-01T00:00:00Z",
    };
    const fine = { ...stuck, LogicalResourceId: "HelloRole", ResourceStatus: "UPDATE_COMPLETE" };
    await scripted({ ...script, DescribeStackResources: () => ({ StackResources: [stuck, fine] }) });
    expect((await recovering()).plan).toEqual([
      "Continue the rollback of the stack SmallService, leaving JobsQueue as it is",
    ]);
    expect(fake.of("ContinueUpdateRollback")[0]).toMatchObject({ "ResourcesToSkip.member.1": "JobsQueue" });
  });

  it("rolls an update back that stopped half-way", async () => {
    await scripted(stackIn("UPDATE_FAILED", { RollbackStack: "UPDATE_ROLLBACK_COMPLETE" }).script);
    expect((await recovering()).plan).toEqual([
      "Roll the stack SmallService back to how it was before the update",
    ]);
  });

  it("deletes a stack whose bucket is not empty, and keeps the bucket", async () => {
    const { script } = stackIn("DELETE_FAILED", { DeleteStack: "GONE" });
    const bucket = {
      LogicalResourceId: "UploadsBucket",
      PhysicalResourceId: "uploads",
      ResourceType: "AWS::S3::Bucket",
      ResourceStatus: "DELETE_FAILED",
      Timestamp: "2026-01-01T00:00:00Z",
    };
    await scripted({ ...script, DescribeStackResources: () => ({ StackResources: [bucket] }) });
    expect(await recovering()).toMatchObject({
      plan: ["Delete the stack SmallService, keeping UploadsBucket outside of it"],
      next: expect.stringContaining("--empty-buckets"),
    });
    expect(fake.of("DeleteStack")[0]).toMatchObject({ "RetainResources.member.1": "UploadsBucket" });
  });

  it("names the state that a recovery ends in when it does not work", async () => {
    await scripted(stackIn("ROLLBACK_COMPLETE", { DeleteStack: "DELETE_FAILED" }).script);
    await expect(recovering()).rejects.toMatchObject({
      code: "LAC9035",
      message: expect.stringContaining("DELETE_FAILED"),
    });
  });

  it.each([
    ["CREATE_COMPLETE", /Nothing has to be done/],
    ["UPDATE_IN_PROGRESS", /Wait/],
  ])("has nothing to do for %s", async (state, next) => {
    await scripted(stackIn(state).script);
    expect(await recovering()).toMatchObject({ plan: [], next: expect.stringMatching(next) });
  });
});

describe("status", () => {
  it.each([...STUCK, "REVIEW_IN_PROGRESS"])("explains %s", async (state) => {
    await scripted(stackIn(state).script);
    const found = await status(aws, "SmallService");
    expect(found).toMatchObject({ status: state, next: expect.stringContaining("npx @laconic/cli ") });
    expect(found.stuck).toBeTruthy();
  });
});

describe("delete", () => {
  it("waits for nothing that others do, and says so", async () => {
    await scripted(stackIn("UPDATE_IN_PROGRESS").script);
    const removing = remove(aws, {
      options: { stackName: "SmallService", service: "SmallService", noop: false, pollMs: 5 },
      confirm: async () => true,
      listener: SILENT,
      signal: new AbortController().signal,
    });
    await expect(removing).rejects.toMatchObject({ code: "LAC9031" });
  });
});
