import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "aws-lambda";
import inject from "light-my-request";
import { bench, describe } from "vitest";
import { listenerAdapter } from "../src/index.js";

// The jobs of light-my-request's own benchmark, each done by it and by this package in one run; only the ratios within a
// group mean something. Both build the request, call the listener over Node's own classes, and collect the response.
const options = { warmupIterations: 5_000, warmupTime: 500 };

const headers = { foo: "bar", "content-type": "html", accepts: "json", authorization: "granted" };
const payload = { foo: { bar: "fiz" }, bim: { bar: { boom: "paf" } } };
const context = { awsRequestId: "r" } as Context;

function event(method: string, body?: string): object {
  return {
    version: "2.0",
    rawPath: "/",
    rawQueryString: "",
    headers: { host: "localhost", "user-agent": "lightMyRequest", ...headers },
    requestContext: { http: { method, path: "/", sourceIp: "127.0.0.1" }, stage: "$default" },
    body,
    isBase64Encoded: false,
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const jobs: Readonly<Record<string, { listener: Listener; body?: object }>> = {
  "Response write end": {
    listener(_request, response) {
      response.write("foo");
      response.end();
    },
  },
  "Response writeHead end": {
    listener(_request, response) {
      response.writeHead(400, { "content-length": 0 });
      response.end();
    },
  },
  "base inject": {
    listener(request, response) {
      request.on("data", () => undefined);
      request.on("end", () => response.end("1"));
    },
    body: payload,
  },
};

for (const [name, { listener, body }] of Object.entries(jobs)) {
  const method = body ? "POST" : "GET";
  const adapter = listenerAdapter("bench", () => listener);
  const asEvent = event(method, body && JSON.stringify(body));
  describe(name, () => {
    bench(
      "light-my-request",
      async () => {
        await inject(listener as never, {
          url: "http://localhost",
          method,
          headers,
          ...(body && { payload: body }),
        });
      },
      options,
    );
    bench(
      "this package",
      async () => {
        await adapter.call(asEvent, context, adapter.toValue);
      },
      options,
    );
  });
}
