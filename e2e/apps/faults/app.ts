import { lambda, main as laconicMain, type LambdaFunction } from "@laconic/runtime/library";
import { depth } from "./depth.js";
import { endless } from "./endless.js";
import { errors } from "./errors.js";
import { hostile } from "./hostile.js";
import { leftovers } from "./leftovers.js";
import { memory } from "./memory.js";
import { natives } from "./natives.js";
import { overflow } from "./overflow.js";
import { sabotage } from "./sabotage.js";
import { time } from "./time.js";

class OutOfStock extends Error {
  override readonly name = "OutOfStock";
}

function deep(depth: number): number {
  return depth + deep(depth + 1);
}

const functions: LambdaFunction[] = [
  lambda("right", (event: { n?: number }) => ({ right: true, n: event.n ?? 0 })),
  lambda("throws", () => {
    throw new OutOfStock("no more left");
  }),
  lambda("rejects", async () => {
    await Promise.resolve();
    throw new OutOfStock("rejected: no more left");
  }),
  lambda("throws-string", () => {
    throw "just words";
  }),
  lambda("big-int", () => ({ amount: 10n })),
  lambda("circular", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    return loop;
  }),
  lambda("returns-function", () => () => 1),
  lambda("never-settles", () => new Promise<never>(() => {})),
  lambda("never-ends", (_event, _context, response) => {
    response.setHeader("content-type", "text/plain");
  }),
  lambda("loops", () => {
    for (;;);
  }),
  lambda("recurses", () => deep(0)),
  lambda("status", (_event, _context, response) => {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("no such thing");
  }),
  lambda("unhandled", () => {
    void Promise.reject(new Error("nobody looks at me"));
    return "answered";
  }),
  lambda("late", () => new Promise((resolve) => setTimeout(() => resolve("in time"), 20))),
  ...depth,
  ...endless,
  ...errors,
  ...hostile,
  ...leftovers,
  ...memory,
  ...natives,
  ...overflow,
  ...sabotage,
  ...time,
];

function main() {
  return laconicMain("Faults", "Goes wrong in every way", functions);
}

main();
