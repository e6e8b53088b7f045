import { http, main as laconicMain } from "@laconic/runtime/library";
import express, { type NextFunction, type Request, type Response } from "express";
import { one } from "./three.js";

const app = express();

app.get("/throws", function throws() {
  one("at once");
});

app.get("/rejects", async function rejects() {
  await new Promise((resolve) => setTimeout(resolve, 1));
  one("after an await");
});

app.get("/uncaught", function uncaught() {
  setTimeout(function later() {
    one("in a timer");
  }, 1);
});

app.get("/handled", function handled() {
  one("for the app's own handler");
});

app.use("/handled", (error: Error, _request: Request, response: Response, next: NextFunction) => {
  if (response.headersSent) next(error);
  else response.status(418).json({ stack: error.stack });
});

function main() {
  return laconicMain("DeepService", "fails three calls deep in a route", [http("deep", app)]);
}

main();
