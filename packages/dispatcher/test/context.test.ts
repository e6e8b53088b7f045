import { afterEach, describe, expect, it } from "vitest";
import { lambdaContext } from "../src/context.js";

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

  it("puts the trace of the request where tracers look for it", () => {
    lambdaContext({ traceId: "Root=1-5759e988-bd862e3fe1be46a994272793" });
    expect(process.env["_X_AMZN_TRACE_ID"]).toBe("Root=1-5759e988-bd862e3fe1be46a994272793");
  });
});
