import "node:http";
import { listenerAdapter } from "@laconic/dispatcher";
import { scenarios } from "../../packages/dispatcher/test/http/listener-scenarios.ts";

/** What the dispatcher's own tests compare with a server behind a socket, here in Node and in the library. */
async function exchange({ listener, method = "GET", path = "/", headers, body }) {
  const seen = [];
  const adapter = listenerAdapter("site", () => (request, response) => listener(request, response, seen));
  const [rawPath, rawQueryString = ""] = path.split("?");
  const event = {
    version: "2.0",
    rawPath,
    rawQueryString,
    headers: { host: "127.0.0.1", "x-forwarded-proto": "http", ...headers },
    body: body === undefined ? undefined : Buffer.from(body).toString("base64"),
    isBase64Encoded: body !== undefined,
    requestContext: { http: { method, path: rawPath }, stage: "$default" },
  };
  const result = await adapter.call(event, {}, adapter.toValue);
  delete result.headers.date;
  return { result, seen };
}

export async function run(log) {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const { result, seen } = await exchange(scenario);
    // Compressed bytes may differ where the text does not.
    if (name === "compresses") result.body = "";
    log(name, result, seen);
  }
}
