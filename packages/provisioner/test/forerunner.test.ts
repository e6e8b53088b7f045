import { describe, expect, it } from "vitest";
import { createTemplate, stackName } from "../src/index.js";
import { stackTags } from "../src/commands/provision.js";
import type { FunctionDefinition } from "../src/service.js";
import { fn, service } from "./services.js";

// What users of the Go framework relied on, and where it went wrong for them: each has a test here or in the file that is
// named beside it.

const OPTIONS = {
  stackName: "OrderService",
  target: { architecture: "x86_64" },
  packageDigest: "",
} as const;

function resources(...functions: FunctionDefinition[]) {
  return createTemplate({ ...OPTIONS, service: service(...functions) }).template.Resources;
}

function ofType(type: string, ...functions: FunctionDefinition[]) {
  return Object.entries(resources(...functions)).filter(([, resource]) => resource.Type === type);
}

/** Of the one resource of a type. */
function propertiesOf(type: string, ...functions: FunctionDefinition[]): Record<string, unknown> {
  const [[, resource] = fail(type)] = ofType(type, ...functions);
  return resource.Properties as Record<string, unknown>;
}

function fail(type: string): never {
  throw new Error(`The template has no ${type}`);
}

// Order, rollback and finalizers: workflow.test.ts and faults.test.ts. Noop, convergence and outputs: e2e/test/provision.test.ts.
describe("kept", () => {
  it("deterministic names: logical ids come from the registered names alone", () => {
    const ids = Object.keys(resources(fn("get-item"), fn("put_item")));
    expect(ids).toEqual(expect.arrayContaining(["GetItemFunction", "GetItemRole", "PutItemFunction"]));
    expect(Object.keys(resources(fn("put_item"), fn("get-item"))).sort()).toEqual([...ids].sort());
  });

  it("a collision of names is an error that names both", () => {
    expect(() => resources(fn("get-item"), fn("getItem"))).toThrow(/"getItem" and function "get-item"/);
  });

  it("object versions are part of the code of every function", () => {
    for (const [, { Properties }] of ofType("AWS::Lambda::Function", fn("a"), fn("b"))) {
      expect(Properties).toMatchObject({
        Code: {
          S3ObjectVersion: { "Fn::If": ["HasCodeVersion", { Ref: "CodeVersion" }, { Ref: "AWS::NoValue" }] },
        },
      });
    }
  });

  it("tags say service, version, build and stage beside the user's", () => {
    const built = { service: service(), sha256: "0123456789abcdef" } as never;
    expect(stackTags(built, { version: "1.2.3", stage: "dev", tags: { team: "web" } })).toEqual({
      team: "web",
      "io:laconic:service": "OrderService",
      "io:laconic:version": "1.2.3",
      "io:laconic:buildId": "0123456789ab",
      "io:laconic:stage": "dev",
    });
  });

  it("the stack bears the service's name", () => {
    expect(stackName("Order Service")).toBe("Order-Service");
    expect(stackName("OrderService", "dev")).toBe("OrderService-dev");
    expect(() => stackName("1st")).toThrow(/cannot be the name of a stack/);
    expect(() => stackName("Orders", "a/b")).toThrow(/cannot be the name of a stage/);
  });

  it("a function's log, metrics and invocations are found by its name", () => {
    const Properties = propertiesOf("AWS::Lambda::Function", fn("hello"));
    expect(Properties).toMatchObject({ FunctionName: "OrderService-hello", Handler: "index.hello" });
    const long = fn("x".repeat(64));
    const named = propertiesOf("AWS::Lambda::Function", long);
    expect(named.FunctionName).toMatch(/^OrderService-x+-[0-9a-f]{8}$/);
    expect(named.FunctionName).toHaveLength(64);
  });
});

describe("not copied", () => {
  it("two functions that read one stream with the same settings were one mapping", () => {
    const reader = (name: string) => fn(name, { events: [{ source: "kinesis", stream: "clicks" }] });
    expect(ofType("AWS::Lambda::EventSourceMapping", reader("a"), reader("b"))).toHaveLength(2);
    expect(ofType("AWS::Kinesis::Stream", reader("a"), reader("b"))).toHaveLength(1);
  });

  it("a batch size of 0 was written where none was given", () => {
    const mapping = propertiesOf(
      "AWS::Lambda::EventSourceMapping",
      fn("a", { events: [{ source: "sqs", queue: "q" }] }),
    );
    expect(mapping).not.toHaveProperty("BatchSize");
  });

  it("two or more log filters of one function were refused", () => {
    const filters = ["/a", "/b", "/c"].map((logGroup) => ({ source: "logs" as const, logGroup }));
    expect(ofType("AWS::Logs::SubscriptionFilter", fn("watch", { events: filters }))).toHaveLength(3);
  });

  it("the recipients and the TLS policy of a mail rule were dropped", () => {
    const mail = fn("mail", { events: [{ source: "ses", recipients: ["a@example.com"], tls: true }] });
    const rule = propertiesOf("AWS::SES::ReceiptRule", mail);
    expect(rule).toMatchObject({ Rule: { Recipients: ["a@example.com"], TlsPolicy: "Require" } });
  });

  it("the fixed input of a rule was accepted and dropped", () => {
    const react = fn("react", {
      events: [{ source: "eventBridge", pattern: { source: ["x"] }, input: { a: 1 } }],
    });
    const rule = propertiesOf("AWS::Events::Rule", react);
    expect(rule).toMatchObject({ Targets: [{ Input: '{"a":1}' }] });
  });

  it("an authorized method had no authorization", () => {
    const authorized = fn("a", { events: [{ source: "restApi", route: "GET /", authorizer: "iam" }] });
    const method = propertiesOf("AWS::ApiGateway::Method", authorized);
    expect(method).toMatchObject({ AuthorizationType: "AWS_IAM" });
  });

  it("API keys and binary types were ignored", () => {
    const keyed = fn("a", {
      events: [{ source: "restApi", route: "GET /", apiKey: true, binaryTypes: ["image/png"] }],
    });
    expect(ofType("AWS::ApiGateway::Method", keyed)[0]![1].Properties).toMatchObject({
      ApiKeyRequired: true,
    });
    expect(ofType("AWS::ApiGateway::RestApi", keyed)[0]![1].Properties).toMatchObject({
      BinaryMediaTypes: ["image/png"],
    });
  });

  it("an API was deployed anew at every run, and not at all when a method changed", () => {
    const deployment = (...routes: string[]) => {
      const events = routes.map((route) => ({ source: "restApi" as const, route }));
      return ofType("AWS::ApiGateway::Deployment", fn("a", { events }))[0]![0];
    };
    expect(deployment("GET /a")).toBe(deployment("GET /a"));
    expect(deployment("GET /a")).not.toBe(deployment("GET /a", "GET /b"));
  });

  it("a permission without a source let every account in", () => {
    const listening = fn("a", { events: [{ source: "s3", bucket: "uploads", events: ["ObjectCreated:*"] }] });
    expect(ofType("AWS::Lambda::Permission", listening)[0]![1].Properties).toMatchObject({
      SourceArn: expect.anything(),
      SourceAccount: { Ref: "AWS::AccountId" },
    });
  });
});
