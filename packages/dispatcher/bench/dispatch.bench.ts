import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import inject from "light-my-request";
import { bench, describe } from "vitest";
import {
  createDispatch,
  eventAdapter,
  fetchAdapter,
  nodeHandler,
  responseAdapter,
  type RegisteredFunction,
} from "../src/index.js";

// Each group does one job in several ways in one run; only the ratios within a group mean something.
// Long warm-ups: the first to run must not pay for compiling what all of them use.
const options = { warmupIterations: 5_000, warmupTime: 500 };

const event = {
  version: "2.0",
  routeKey: "$default",
  rawPath: "/hello/world",
  rawQueryString: "a=1&b=2",
  cookies: ["session=1"],
  headers: { host: "localhost", accept: "*/*", "user-agent": "bench", "x-forwarded-proto": "https" },
  requestContext: {
    accountId: "1",
    apiId: "a",
    domainName: "localhost",
    domainPrefix: "a",
    http: {
      method: "GET",
      path: "/hello/world",
      protocol: "HTTP/1.1",
      sourceIp: "127.0.0.1",
      userAgent: "bench",
    },
    requestId: "r",
    routeKey: "$default",
    stage: "$default",
    time: "",
    timeEpoch: 0,
  },
  isBase64Encoded: false,
};
const eventJson = JSON.stringify(event);
const smallJson = JSON.stringify({ name: "world" });
const contextJson = JSON.stringify({
  functionName: "hello",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:hello",
  memoryLimitInMB: "128",
  awsRequestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  logGroupName: "/aws/lambda/hello",
  logStreamName: "2026/01/01/[$LATEST]abc",
  deadlineMs: 4_102_444_800_000,
});

const app = new Hono().get("/hello/:name", (c) =>
  c.json({ hello: c.req.param("name"), a: c.req.query("a") }),
);

const functions: RegisteredFunction[] = [
  {
    name: "plain",
    options: {},
    adapter: eventAdapter("plain", (received) => ({ hello: (received as { name: string }).name })),
  },
  {
    name: "response",
    options: {},
    adapter: responseAdapter("response", (received, _context, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ hello: (received as { name: string }).name }));
    }),
  },
  { name: "hono", options: {}, adapter: fetchAdapter("hono", (...parameters) => app.fetch(...parameters)) },
];
const dispatch = createDispatch({
  name: "Bench",
  description: "",
  functions: new Map(functions.map((member) => [member.name, member])),
});

describe("a plain function, JSON in and out", () => {
  bench(
    "JSON.parse and JSON.stringify alone",
    () => {
      const { name } = JSON.parse(smallJson) as { name: string };
      JSON.parse(contextJson);
      JSON.stringify({ hello: name });
    },
    options,
  );
  bench("dispatch", () => void dispatch("plain", smallJson, contextJson), options);
});

describe("a handler that answers through a Node response", () => {
  bench("dispatch", () => void dispatch("response", smallJson, contextJson), options);
  bench(
    "light-my-request",
    async () => {
      await inject(
        (_request, response) => {
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify({ hello: "world" }));
        },
        { method: "GET", url: "/" },
      );
    },
    options,
  );
});

describe("a Hono app behind a Function URL", () => {
  const ours = nodeHandler(functions[2]!);
  const theirs = handle(app);
  bench("dispatch, as a Node handler", async () => void (await ours(event, {} as never)), options);
  bench(
    "dispatch, JSON in and out",
    async () => void (await dispatch("hono", eventJson, contextJson)),
    options,
  );
  bench("hono/aws-lambda", async () => void (await theirs(event as never, {} as never)), options);
});
