import type {
  DynamoDBStreamEvent,
  KinesisStreamEvent,
  PreSignUpTriggerEvent,
  SQSBatchResponse,
  SQSEvent,
} from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import { fetchAdapter } from "../../src/index.js";
import { fetching, invoke, plain } from "../functions.js";
import { isHttpSample, sample, sampleNames } from "./samples.js";

describe("a plain function", () => {
  it.each(sampleNames)("gets the event of %s as it is", async (name) => {
    const event = sample(name);
    const seen: unknown[] = [];
    const keep = plain((received) => void seen.push(received));
    expect(await invoke(keep, event)).toBeNull();
    // The text, and not the value: `__proto__` is a key like others.
    expect(seen.map((one) => JSON.stringify(one))).toEqual([JSON.stringify(event), JSON.stringify(event)]);
  });

  it("reports the failed messages of a batch", async () => {
    const partial = plain(({ Records }: SQSEvent): SQSBatchResponse => ({
      batchItemFailures: Records.filter(({ body }) => !body.startsWith("{")).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    expect(await invoke(partial, sample("sqs"))).toEqual({
      batchItemFailures: [{ itemIdentifier: "2e1424d4-f796-459a-8184-9c92662be6da" }],
    });
  });

  it("reads streams, and checkpoints by sequence number", async () => {
    const read = plain(({ Records }: KinesisStreamEvent) => ({
      data: Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString("hex")),
      batchItemFailures: [{ itemIdentifier: Records[1]!.kinesis.sequenceNumber }],
    }));
    expect(await invoke(read, sample("kinesis-stream"))).toEqual({
      data: ["48656c6c6f", "000102ff"],
      batchItemFailures: [{ itemIdentifier: "49590338271490256608559692540925702759324208523137515618" }],
    });
    const names = plain(({ Records }: DynamoDBStreamEvent) => Records.map(({ eventName }) => eventName));
    expect(await invoke(names, sample("dynamodb-stream"))).toEqual(["INSERT", "REMOVE"]);
  });

  it("gives a Cognito trigger its event back, changed", async () => {
    const confirm = plain((event: PreSignUpTriggerEvent) => {
      event.response.autoConfirmUser = true;
      return event;
    });
    expect(await invoke(confirm, sample("cognito-pre-sign-up"))).toMatchObject({
      triggerSource: "PreSignUp_SignUp",
      response: { autoConfirmUser: true, autoVerifyEmail: false },
    });
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "text"],
    ["a number", 5],
    ["false", false],
    ["a list", [1, [2]]],
    ["an empty object", {}],
    ["a large number", 12345678901234567000],
  ])("gets %s", async (_name, event) => {
    expect(
      await invoke(
        plain((received) => ({ received })),
        event,
      ),
    ).toEqual({ received: event });
  });
});

describe("an HTTP app", () => {
  const others = sampleNames.filter((name) => !isHttpSample(name) || name.includes("authorizer"));
  const queue = fetching(async (request) => {
    if (new URL(request.url).pathname !== "/events") return new Response("no", { status: 404 });
    return Response.json({ method: request.method, event: await request.json() });
  });

  it.each(others.filter((name) => name !== "custom"))(
    "is asked POST /events with the event of %s",
    async (name) => {
      expect(await invoke(queue, sample(name))).toEqual({ method: "POST", event: sample(name) });
    },
  );

  it.each([null, 5, "text", [1, 2], {}, true])("is asked with %j too", async (event) => {
    expect(await invoke(queue, event)).toEqual({ method: "POST", event });
  });

  it("is asked where its options say", async () => {
    const app = fetchAdapter("subject", (request) => new Response(new URL(request.url).pathname), {
      eventPath: "/queue",
      basePath: "/v1",
    });
    expect(await invoke(app, sample("sqs"))).toBe("/queue");
  });

  it("gives the body of its answer for a result: JSON as it is, text as text, bytes as base64, nothing as null", async () => {
    const answering = (body: string | Uint8Array<ArrayBuffer> | null, type: string): Promise<unknown> =>
      invoke(
        fetching(() => new Response(body, { headers: { "content-type": type } })),
        sample("sqs"),
      );
    expect(await answering('{"batchItemFailures":[]}', "application/json")).toEqual({
      batchItemFailures: [],
    });
    expect(await answering("plain", "text/plain")).toBe("plain");
    expect(await answering("{", "application/json")).toBe("{");
    expect(await answering(Uint8Array.of(0, 255), "image/png")).toBe("AP8=");
    expect(await answering(null, "text/plain")).toBeNull();
  });

  it.each<[unknown, string]>([
    [null, "null"],
    [5, "a number"],
    ["text", "a string"],
    [[1, 2], "an array of 2"],
    [{}, "an empty object"],
    [sample("s3"), "an object with Records"],
    [
      sample("eventbridge"),
      "an object with version, id, detail-type, source, account, time, region, resources, ...",
    ],
  ])("that refuses the event fails the invocation, which says what came", async (event, summary) => {
    const app = vi.fn(() => new Response("no such route", { status: 404 }));
    await expect(invoke(fetching(app), event)).rejects.toMatchObject({
      code: "LAC3004",
      message:
        `HTTP function "subject" received an event of no HTTP shape: ${summary}. ` +
        "Its app was asked POST /events and answered 404: no such route",
      hint: expect.stringContaining("lambda()") as string,
    });
    expect(app).toHaveBeenCalledTimes(2);
  });
});
