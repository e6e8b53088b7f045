// tRPC inside an Express app.
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import * as v from "valibot";

const t = initTRPC.create();
const router = t.router({
  add: t.procedure.input(v.object({ a: v.number(), b: v.number() })).query(({ input }) => input.a + input.b),
  store: t.procedure.input((value) => String(value)).mutation(({ input }) => ({ stored: input })),
  late: t.procedure.query(() => new Promise((resolve) => setTimeout(resolve, 5, "late"))),
});

export const app = express();
app.use(
  "/trpc",
  createExpressMiddleware({
    router,
    createContext: ({ req, res }) => (res.setHeader("x-path", req.path), {}),
  }),
);
app.get("/health", (req, res) => res.send("fine"));
