import { httpEvent } from "@laconic/orchestrator";

/** One request for each function of the sample apps, for the demo and the benchmark. */
export const requests = [
  { app: "hello", fn: "hello", event: { name: "x" } },
  { app: "hello", fn: "add", event: { a: 1, b: 2 } },
  { app: "hello", fn: "site", event: httpEvent("GET /greet?name=x") },
  {
    app: "hono-zod",
    fn: "orders",
    event: httpEvent("POST /orders", JSON.stringify({ item: "tea", quantity: 2, email: "a@example.com" })),
  },
  { app: "express", fn: "express", event: httpEvent("GET /hello?name=x") },
  { app: "koa", fn: "koa", event: httpEvent("GET /hello?name=x") },
  { app: "fastify", fn: "fastify", event: httpEvent("GET /hello?name=x") },
];
