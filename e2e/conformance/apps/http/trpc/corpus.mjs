import {
  form,
  get,
  head,
  headers,
  json,
  multipart,
  named,
  options,
  post,
  text,
} from "../../../harness/request.mjs";

const input = (value) => encodeURIComponent(JSON.stringify(value));

export const requests = [
  get("/trpc/hello"),
  get(`/trpc/hello?input=${input({ name: "Zoë 🎉" })}`, named("with input")),
  get(`/trpc/hello?input=${input({ name: "x" })}`, named("invalid input")),
  get("/trpc/hello?input=%7Bbroken", named("broken input")),
  get("/trpc/me"),
  get("/trpc/me", headers({ "x-user": "zoe" }), named("signed in")),
  get("/trpc/fails"),
  get("/trpc/boom"),
  get("/trpc/todo.list"),
  post("/trpc/todo.add", json({ text: "zweites ä" })),
  get(`/trpc/todo.list?input=${input({ done: false })}`, named("filtered")),
  post("/trpc/todo.add", json({}), named("missing text")),
  post("/trpc/todo.add", text("application/json", "{broken"), named("broken JSON")),
  get("/trpc/todo.add"),
  post("/trpc/hello", json({})),
  get(`/trpc/hello,todo.list?batch=1&input=${input({ 0: { name: "ab" } })}`, named("a batch")),
  get(`/trpc/hello,fails?batch=1`, named("a batch with a failure")),
  get(
    `/trpc/hello,todo.list?batch=1`,
    headers({ "trpc-accept": "application/jsonl" }),
    named("a streamed batch"),
  ),
  post(
    "/trpc/upload",
    multipart([
      { name: "a", value: "1" },
      { name: "f", filename: "a.txt", type: "text/plain", value: "x" },
    ]),
  ),
  get("/trpc/nonsense"),
  get(`/trpc/count?input=3`, headers({ accept: "text/event-stream" }), named("a subscription")),
  post("/trpc/todo.add", form({ text: "x" }), named("a form")),
  head("/trpc/hello"),
  options("/trpc/hello"),
  get("/nowhere"),
];
