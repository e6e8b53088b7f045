import { afterEach, describe, expect, it } from "vitest";
import { readContext } from "../src/context.js";

const sent = {
  functionName: "hello",
  functionVersion: "7",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:hello:7",
  memoryLimitInMB: "128",
  awsRequestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  logGroupName: "/aws/lambda/hello",
  logStreamName: "2026/01/01/[7]abc",
};

afterEach(() => {
  delete process.env["_X_AMZN_TRACE_ID"];
});

const lambdaContext = (fields: object) => readContext(JSON.stringify(fields));

describe("the Lambda context", () => {
  it("has every field of Lambda's and nothing else", () => {
    const context = lambdaContext({ ...sent, deadlineMs: Date.now() + 1000 });
    expect(context).toEqual({
      ...sent,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: expect.any(Function),
    });
    expect(Object.keys(context)).not.toContain("deadlineMs");
  });

  it("counts down to the deadline and stops at zero", () => {
    const remaining = lambdaContext({ deadlineMs: Date.now() + 60_000 }).getRemainingTimeInMillis();
    expect(remaining).toBeLessThanOrEqual(60_000);
    expect(remaining).toBeGreaterThan(0);
    expect(lambdaContext({ deadlineMs: 1 }).getRemainingTimeInMillis()).toBe(0);
    expect(JSON.stringify(lambdaContext({}).getRemainingTimeInMillis())).toBe("9007199254740991");
  });

  it("carries identity, client context and tenant only when there are any", () => {
    const identity = { cognitoIdentityId: "id", cognitoIdentityPoolId: "pool" };
    const clientContext = { client: { installationId: "i" }, custom: { a: 1 }, env: {} };
    expect(lambdaContext({ identity, clientContext, tenantId: "t" })).toMatchObject({
      identity,
      clientContext,
      tenantId: "t",
    });
    expect(Object.keys(lambdaContext({ identity: null, clientContext: null, tenantId: null }))).not.toContain(
      "identity",
    );
  });

  it("is read anew when what usually stays the same has changed", () => {
    const text = (logStreamName: string, deadlineMs: number) =>
      JSON.stringify({ ...sent, logStreamName, deadlineMs, awsRequestId: `for ${deadlineMs}` });
    for (const [stream, deadline] of [
      ["a", 1],
      ["a", 2],
      ["b", 3],
      ["a", 4],
    ] as const) {
      expect(readContext(text(stream, deadline))).toMatchObject({
        ...sent,
        logStreamName: stream,
        awsRequestId: `for ${deadline}`,
      });
    }
  });

  it.each([
    '{"deadlineMs":1}',
    '{"clientContext":{"custom":{"a":1,"deadlineMs":2}},"deadlineMs":3}',
    '{"logGroupName":",\\"deadlineMs\\":","deadlineMs":3}',
    '{"a":1,"deadlineMs":1,"__proto__":{"polluted":true}}',
    "[]",
    "null",
  ])("is read whatever the order and content of its members: %s", (json) => {
    const {
      deadlineMs,
      clientContext,
      logGroupName = "",
    } = (JSON.parse(json) ?? {}) as Partial<Record<string, unknown>>;
    const context = readContext(json);
    expect(context.getRemainingTimeInMillis()).toBe(deadlineMs === undefined ? Number.MAX_SAFE_INTEGER : 0);
    expect(context.clientContext).toEqual(clientContext);
    expect(context.logGroupName).toBe(logGroupName);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(['{"a":1,"deadlineMs":', '{"a":,"deadlineMs":1}', ""])(
    "is refused when it is not JSON: %s",
    (json) => {
      expect(() => readContext(json)).toThrow(SyntaxError);
    },
  );

  it("puts the trace of the request where tracers look for it", () => {
    lambdaContext({ traceId: "Root=1-5759e988-bd862e3fe1be46a994272793" });
    expect(process.env["_X_AMZN_TRACE_ID"]).toBe("Root=1-5759e988-bd862e3fe1be46a994272793");
  });
});
