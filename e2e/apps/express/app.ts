import { http, main as laconicMain } from "@laconic/runtime/library";
import express from "express";

const app = express();
app.get("/hello", (request, response) => {
  response.json({ hello: request.query["name"] ?? "world" });
});
app.post("/echo", express.json(), (request, response) => {
  response.status(201).json(request.body);
});

function main() {
  return laconicMain("ExpressService", "says hello through Express", [http("express", app)]);
}

main();
