import { form, get, head, json, named, options, post, text } from "../../../harness/request.mjs";

export const requests = [
  get("/v1/api"),
  head("/v1/api"),
  get("/v1/api/text"),
  get("/v1/api/observable"),
  get("/v1/api/things/8a2e1c1e-58a5-4c19-9b52-0f3ae2c6c1b7"),
  get("/v1/api/things/no"),
  post("/v1/api/echo?a=1&a=2", json({ x: "ä 🎉" })),
  post("/v1/api/echo", form({ a: "1" })),
  post("/v1/api/echo", text("application/json", "{broken"), named("broken JSON")),
  post("/v1/api/echo", text("text/x-unknown", "x"), named("an unknown media type")),
  get("/v1/api/reply"),
  get("/v1/api/missing"),
  get("/v1/api/secret"),
  get("/v1/api/boom"),
  get("/api"),
  options("/v1/api"),
];
