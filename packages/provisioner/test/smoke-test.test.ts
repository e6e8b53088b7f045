import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { Aws, createTemplate, leastPolicies, ProvisionError } from "../src/index.js";
import { assertTestable, smokeTest, untilReady } from "../src/commands/smoke-test.js";
import { fn, PACKAGES, service } from "./services.js";
import { accountAt, listening, stopListening } from "../../../tools/aws/ministack.mjs";

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const NOT_READY = {
  status: 502,
  headers: { "x-amzn-errortype": "ResourceNotReadyException" },
  body: { Message: "The function is not ready" },
};
const UNKNOWN_ROLE = {
  status: 403,
  headers: { "x-amzn-errortype": "AccessDeniedException" },
  body: { Message: "The role defined for the function cannot be assumed by Lambda." },
};
const DENIED_INSIDE = {
  headers: { "x-amz-function-error": "Unhandled" },
  body: { errorType: "AccessDeniedException", errorMessage: "is not authorized to perform: sqs:SendMessage" },
};
const BROKEN = {
  headers: {
    "x-amz-function-error": "Unhandled",
    "x-amz-log-result": Buffer.from("the end of its log").toString("base64"),
  },
  body: { errorType: "TypeError", errorMessage: "x is not a function" },
};
const RIGHT = { body: { right: true } };

let server: Server;
let aws: Aws;
let asked: string[];
afterEach(async () => {
  await aws.close();
  stopListening(server);
});

/** Lambda by a script: what it says until a function is ready, which no emulator says. The last answer is given again. */
async function lambdaAnswering(...answers: Answer[]): Promise<void> {
  asked = [];
  server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => {
      asked.push(`${incoming.method} ${incoming.url}`);
      const { status = 200, headers = {}, body } = answers[Math.min(asked.length, answers.length) - 1]!;
      outgoing
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    });
  });
  Object.assign(process.env, accountAt(await listening(server)));
  aws = new Aws({ attempts: 1 });
}

function tested(plan: { creates: boolean; express: boolean }) {
  const { signal } = new AbortController();
  return smokeTest(aws, { stackName: "Orders", fn: "hello", event: { a: 1 }, plan, signal, pauseMs: 1 });
}

describe("a smoke test", () => {
  it("invokes the deployed function, and is content with an answer", async () => {
    await lambdaAnswering(RIGHT);
    await tested({ creates: false, express: false });
    expect(asked).toEqual(["POST /2015-03-31/functions/Orders-hello/invocations"]);
  });

  it.each([
    ["the function is not ready", NOT_READY],
    ["its role is unknown to Lambda", UNKNOWN_ROLE],
    ["its role is unknown to what it calls", DENIED_INSIDE],
  ])("waits after a first deployment while %s", async (_, notYet) => {
    await lambdaAnswering(notYet, notYet, RIGHT);
    await tested({ creates: true, express: false });
    expect(asked).toHaveLength(3);
  });

  it("fails at once when the function fails for a reason of its own", async () => {
    await lambdaAnswering(BROKEN);
    const failure = tested({ creates: true, express: true });
    await expect(failure).rejects.toMatchObject({
      code: "LAC9041",
      message: 'The stack Orders was created, but the function "hello" failed its smoke test.',
      frame: expect.stringMatching(/x is not a function.*\nthe end of its log/),
      hint: expect.stringContaining("laconic/cli delete"),
    });
    expect(asked).toHaveLength(1);
  });

  it("does not wait for a role that was there before", async () => {
    await lambdaAnswering(DENIED_INSIDE);
    await expect(tested({ creates: false, express: false })).rejects.toMatchObject({ code: "LAC9041" });
    expect(asked).toHaveLength(1);
  });

  it("that names an unknown function is refused before anything is changed", () => {
    const wrong = () => assertTestable({ helo: {} }, [fn("hello"), fn("bye")]);
    expect(wrong).toThrow(ProvisionError);
    expect(wrong).toThrow(/"helo"/);
    expect(() => assertTestable({ bye: null }, [fn("hello"), fn("bye")])).not.toThrow();
  });

  it("is allowed by the least policy, for its functions alone", () => {
    const functions = service(fn("hello"), fn("bye"));
    const subject = {
      ...{
        service: functions,
        stackName: "Orders",
        bucket: "b",
        account: "123456789012",
        region: "eu-west-1",
      },
      template: createTemplate({
        ...{ stackName: "Orders", target: { architecture: "x86_64" }, packages: PACKAGES },
        service: functions,
      } as Parameters<typeof createTemplate>[0]).template,
    };
    const invoking = (smoke: string[]) =>
      leastPolicies({ ...subject, smoke }).deploy.Statement.filter(({ Sid }) => Sid === "SmokeTest");
    expect(invoking([])).toEqual([]);
    expect(invoking(["bye"])).toMatchObject([
      {
        Action: ["lambda:InvokeFunction"],
        Resource: ["arn:aws:lambda:eu-west-1:123456789012:function:Orders-bye"],
      },
    ]);
  });
});

describe("after express mode", () => {
  const state = (State: string, LastUpdateStatus = "Successful") => ({
    body: { Configuration: { FunctionName: "Orders-hello", State, LastUpdateStatus } },
  });

  it("each function is waited for", async () => {
    await lambdaAnswering(state("Pending"), state("Active"), state("Active", "InProgress"), state("Active"));
    await untilReady(aws, ["Orders-hello"], new AbortController().signal);
    expect(asked).toHaveLength(4);
  });

  it("one that cannot become ready is named", async () => {
    await lambdaAnswering(state("Failed"));
    const waiting = untilReady(aws, ["Orders-hello"], new AbortController().signal);
    await expect(waiting).rejects.toThrow(/Waiting until Orders-hello takes requests failed/);
  });
});
