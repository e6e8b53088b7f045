import express from "express";

export const app = express();
app.get("/hello", (request, response) => {
  response.json({ hello: request.query["name"] ?? "world" });
});
app.post("/echo", express.json(), (request, response) => {
  response.status(201).json(request.body);
});
