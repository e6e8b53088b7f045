import { get, json, named, post } from "../../../harness/request.mjs";

const input = (value) => encodeURIComponent(JSON.stringify(value));

export const requests = [
  get("/health"),
  get(`/trpc/add?input=${input({ a: 1, b: 2 })}`, named("add")),
  get(`/trpc/add?input=${input({ a: 1 })}`, named("a missing number")),
  post("/trpc/store", json("grüße")),
  get("/trpc/late"),
  get(`/trpc/add,late?batch=1&input=${input({ 0: { a: 1, b: 2 } })}`, named("a batch")),
  post("/trpc/store", json({ big: "x".repeat(50_000) }), named("a large input")),
  get("/trpc/none"),
  get("/nowhere"),
];
