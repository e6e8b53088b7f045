import { describe, expect, it } from "vitest";
import { createTemplate } from "../src/index.js";
import type { ServiceDefinition } from "../src/service.js";
import { fn, service, SERVICES } from "./services.js";

interface Statement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: unknown[];
}

/** AWS's service authorization reference: these actions can be kept to no resource. */
const WITHOUT_RESOURCES = new Set([
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
]);

function resources(definition: ServiceDefinition) {
  const { template } = createTemplate({
    service: definition,
    stackName: definition.name,
    target: { architecture: "arm64" },
    packageDigest: "0".repeat(64),
  });
  return Object.entries(template.Resources).map(([id, { Type, Properties }]) => ({
    id,
    type: Type,
    properties: Properties as Record<string, unknown>,
  }));
}

function statements(definition: ServiceDefinition): Statement[] {
  return resources(definition)
    .filter(({ type }) => type === "AWS::IAM::Role")
    .flatMap(({ properties }) => properties["Policies"] as { PolicyDocument: { Statement: Statement[] } }[])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe.each(Object.entries(SERVICES))("the policies of %s", (_, definition) => {
  it("name every action and every resource that can be named", () => {
    const found = statements(definition);
    const hasOwnRole = definition.functions.every(({ options }) => options.role !== undefined);
    expect(found.length > 0).toBe(!hasOwnRole);
    for (const { Action, Resource } of found) {
      expect(Action.filter((action) => action.includes("*"))).toEqual([]);
      expect(Resource.length).toBeGreaterThan(0);
      if (Resource.includes("*"))
        expect(Action.filter((action) => !WITHOUT_RESOURCES.has(action))).toEqual([]);
    }
  });

  it("let a service invoke a function for one source only", () => {
    const permissions = resources(definition).filter(({ type }) => type === "AWS::Lambda::Permission");
    for (const { id, properties } of permissions) {
      const isPublic = properties["Principal"] === "*";
      // A public URL is public; whatever else has no source would let every account in.
      expect(isPublic || properties["SourceArn"] !== undefined, id).toBe(true);
      if (isPublic) expect(id).toMatch(/Url(Invoke)?Permission$/);
    }
  });
});

describe("a role", () => {
  it("may do what its event sources and options need, and nothing of the other functions'", () => {
    const role = (id: string) => {
      const found = resources(SERVICES["permissions"]!).find((one) => one.id === id)!;
      const [policy] = found.properties["Policies"] as { PolicyDocument: { Statement: Statement[] } }[];
      return policy!.PolicyDocument.Statement.flatMap(({ Action }) => Action);
    };
    expect(role("OtherRole")).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
    expect(role("ReaderRole")).toEqual([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "dynamodb:GetItem",
      "sqs:SendMessage",
      "lambda:InvokeFunction",
    ]);
  });

  it("sends to each kind of destination by its own action", () => {
    const target = (arn: string) => {
      const [, statement] = statements(service(fn("hello", { onFailure: arn })));
      return statement;
    };
    expect(target("arn:aws:sqs:eu-west-1:1:q")!.Action).toEqual(["sqs:SendMessage"]);
    expect(target("arn:aws:sns:eu-west-1:1:t")!.Action).toEqual(["sns:Publish"]);
    expect(target("arn:aws:lambda:eu-west-1:1:function:f")!.Action).toEqual(["lambda:InvokeFunction"]);
    expect(target("arn:aws:events:eu-west-1:1:event-bus/b")!.Action).toEqual(["events:PutEvents"]);
    const bucket = target("arn:aws:s3:::b")!;
    expect([bucket.Action, bucket.Resource]).toEqual([
      ["s3:PutObject"],
      [{ "Fn::Join": ["", ["arn:aws:s3:::b", "/*"]] }],
    ]);
  });

  it("reads only the secrets that the environment names, whose values are nowhere in the template", () => {
    const all = JSON.stringify(resources(SERVICES["secrets"]!));
    expect(all).toContain("secret:prod/database-??????");
    expect(all).toContain("parameter/prod/level");
    expect(all).not.toContain("{{resolve:");
  });
});

describe("the user's own", () => {
  it("resources join the template and can be named", () => {
    const { template } = createTemplate({
      service: service(
        fn("hello", {
          environment: { TABLE: { reference: "ref", name: "Orders" } },
          permissions: [{ actions: ["dynamodb:PutItem"], resources: ["Orders"] }],
          events: [{ source: "dynamodb", table: "Orders" }],
        }),
      ),
      stackName: "OrderService",
      target: { architecture: "x86_64" },
      packageDigest: "",
      resources: { Orders: { Type: "AWS::DynamoDB::Table", Properties: { BillingMode: "PAY_PER_REQUEST" } } },
    });
    const { HelloFunction, HelloOrdersTableMapping } = template.Resources;
    expect(HelloFunction!.Properties).toMatchObject({
      Environment: { Variables: { TABLE: { Ref: "Orders" } } },
    });
    expect(HelloOrdersTableMapping!.Properties).toMatchObject({
      EventSourceArn: { "Fn::GetAtt": ["Orders", "StreamArn"] },
    });
  });

  it("resources take no logical id of ours", () => {
    const create = () =>
      createTemplate({
        service: service(fn("hello")),
        stackName: "OrderService",
        target: { architecture: "x86_64" },
        packageDigest: "",
        resources: { HelloFunction: { Type: "AWS::SNS::Topic", Properties: {} } },
      });
    expect(create).toThrow(/function "hello" and your resource "HelloFunction" would both be HelloFunction/);
  });
});
