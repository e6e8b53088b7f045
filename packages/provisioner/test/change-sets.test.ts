import { afterEach, describe, expect, it } from "vitest";
import { Aws } from "../src/index.js";
import { planChanges, type ChangeSetRequest } from "../src/aws/change-set.js";
import { Refused, ScriptedAws, type Call } from "./scripted-aws.js";

const STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/SmallService/1";

let fake: ScriptedAws;
afterEach(() => fake?.stop());

async function planned(
  script: Record<string, (call: Call) => object>,
  request: Partial<ChangeSetRequest> = {},
) {
  fake = new ScriptedAws({
    CreateChangeSet: ({ parameters }) => ({ Id: parameters["ChangeSetName"], StackId: STACK_ID }),
    DeleteChangeSet: () => ({}),
    DeleteStack: () => ({}),
    DescribeStacks: () => ({
      Stacks: [
        {
          StackName: "SmallService",
          StackStatus: "REVIEW_IN_PROGRESS",
          CreationTime: "2026-01-01T00:00:00Z",
        },
      ],
    }),
    ...script,
  });
  await fake.start();
  const template = { Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE" } } } };
  const aws = new Aws({ attempts: 1 });
  return planChanges(aws, {
    stackName: "SmallService",
    stack: { StackName: "SmallService", StackStatus: "CREATE_COMPLETE", CreationTime: new Date(0) },
    template,
    text: JSON.stringify(template),
    parameters: {},
    tags: {},
    description: "",
    express: false,
    pollMs: 5,
    signal: new AbortController().signal,
    origins: new Map([["Url", { owner: 'function "hello"' }]]),
    ...request,
  }).finally(() => aws.close());
}

const change = (values: object) => ({ Type: "Resource", ResourceChange: values });

describe("a change set", () => {
  it("is waited for, read to its last page, and tells replacements, IAM and what is public", async () => {
    let looks = 0;
    const pages = [
      { Status: "CREATE_IN_PROGRESS" },
      {
        Status: "CREATE_COMPLETE",
        NextToken: "more",
        Changes: [change({ Action: "Add", LogicalResourceId: "Url", ResourceType: "AWS::Lambda::Url" })],
      },
      {
        Status: "CREATE_COMPLETE",
        Changes: [
          change({
            Action: "Modify",
            LogicalResourceId: "Queue",
            ResourceType: "AWS::SQS::Queue",
            Replacement: "True",
            Details: [{ Target: { Attribute: "Properties", Name: "FifoQueue" } }],
          }),
          change({
            Action: "Modify",
            LogicalResourceId: "Role",
            ResourceType: "AWS::IAM::Role",
            Replacement: "Conditional",
          }),
        ],
      },
    ];
    const { changes, creates } = await planned({ DescribeChangeSet: () => pages[looks++]! });
    expect(creates).toBe(false);
    expect(changes).toMatchObject([
      {
        logicalId: "Url",
        action: "Add",
        isPublic: true,
        iam: false,
        replacement: "no",
        owner: 'function "hello"',
      },
      { logicalId: "Queue", replacement: "yes", properties: ["FifoQueue"], isPublic: false },
      { logicalId: "Role", replacement: "perhaps", iam: true },
    ]);
    expect(fake.of("DescribeChangeSet")[2]).toMatchObject({ NextToken: "more" });
  });

  it.each([
    "The submitted information didn't contain changes. Submit different information.",
    "No updates are to be performed.",
  ])("that changes nothing is removed: %s", async (StatusReason) => {
    const { changes } = await planned({ DescribeChangeSet: () => ({ Status: "FAILED", StatusReason }) });
    expect(changes).toEqual([]);
    expect(fake.actions()).toContain("DeleteChangeSet");
  });

  it("that early validation refuses tells what only DescribeEvents says, and is removed", async () => {
    const refused = planned({
      DescribeChangeSet: () => ({ Status: "FAILED", StatusReason: "Early validation failed" }),
      DescribeEvents: () => ({
        OperationEvents: [
          {
            EventId: "1",
            LogicalResourceId: "UploadsBucket",
            ValidationPath: "/Resources/UploadsBucket",
            ValidationStatusReason: "A bucket of this name is there already",
          },
        ],
      }),
    });
    await expect(refused).rejects.toMatchObject({
      code: "LAC9033",
      frame: expect.stringMatching(/Early validation failed\n.*UploadsBucket.*is there already/),
    });
    expect(fake.actions()).toContain("DeleteChangeSet");
  });

  it("of a new stack takes the stack along when it is refused", async () => {
    const refused = planned(
      { DescribeChangeSet: () => ({ Status: "FAILED", StatusReason: "Template error" }) },
      { stack: undefined },
    );
    await expect(refused).rejects.toMatchObject({
      code: "LAC9033",
      frame: expect.stringContaining("Template error"),
    });
    expect(fake.of("CreateChangeSet")[0]).toMatchObject({
      ChangeSetType: "CREATE",
      OnStackFailure: "DELETE",
    });
    expect(fake.actions()).toContain("DeleteStack");
  });

  it("is removed when it cannot be read", async () => {
    const denied = () => {
      throw new Refused("AccessDenied", "not authorized to perform: cloudformation:DescribeChangeSet", 403);
    };
    await expect(planned({ DescribeChangeSet: denied })).rejects.toMatchObject({
      code: "LAC9013",
      frame: expect.stringContaining("cloudformation:DescribeChangeSet"),
      hint: expect.stringContaining("npx @laconic/cli policies"),
    });
    expect(fake.actions()).toContain("DeleteChangeSet");
  });

  it("in express mode rolls back all the same", async () => {
    await planned(
      { DescribeChangeSet: () => ({ Status: "CREATE_COMPLETE", Changes: [] }) },
      { express: true },
    );
    expect(fake.of("CreateChangeSet")[0]).toMatchObject({
      "DeploymentConfig.Mode": "EXPRESS",
      "DeploymentConfig.DisableRollback": "false",
    });
  });

  it("asks only for the capabilities that its template needs", async () => {
    const capabilities = async (resources: object) => {
      const template = { Resources: resources } as ChangeSetRequest["template"];
      await planned({ DescribeChangeSet: () => ({ Status: "CREATE_COMPLETE", Changes: [] }) }, { template });
      const [parameters] = fake.of("CreateChangeSet");
      fake.stop();
      return parameters!["Capabilities.member.1"];
    };
    expect(await capabilities({ A: { Type: "AWS::SQS::Queue", Properties: {} } })).toBeUndefined();
    expect(await capabilities({ A: { Type: "AWS::IAM::Role", Properties: {} } })).toBe("CAPABILITY_IAM");
    expect(await capabilities({ A: { Type: "AWS::IAM::Role", Properties: { RoleName: "x" } } })).toBe(
      "CAPABILITY_NAMED_IAM",
    );
  });
});
