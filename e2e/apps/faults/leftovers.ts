import { existsSync, writeFileSync } from "node:fs";
import { lambda, type LambdaFunction } from "@laconic/runtime/library";

/** What a request can leave behind for the next one. */
export const leftovers: LambdaFunction[] = [
  lambda("leaves-interval", () => {
    const interval = setInterval(() => {}, 1);
    setTimeout(() => clearInterval(interval), 30);
    return "left";
  }),
  lambda("leaves-throwing-timer", () => {
    setTimeout(() => {
      throw new Error("from an earlier request");
    }, 0);
    return "left";
  }),
  lambda("leaves-rejection", () => {
    setTimeout(() => void Promise.reject(new Error("from an earlier request")), 0);
    return "left";
  }),
  lambda("leaves-jobs", () => {
    let rest = 100_000;
    const again = (): Promise<void> | undefined => (rest-- > 0 ? Promise.resolve().then(again) : undefined);
    void again();
    return "left";
  }),
  lambda("waits", () => new Promise((resolve) => setTimeout(() => resolve("waited"), 20))),
  /** Makes a file when it has begun, and ends when there is another. */
  lambda("holds", async (event: { begun: string; end: string }) => {
    writeFileSync(event.begun, "");
    while (!existsSync(event.end)) await new Promise((resolve) => setTimeout(resolve, 1));
    return "held";
  }),
  lambda("random", () => Math.random()),
  lambda("breaks-globals", () => {
    const { JSON: json, Promise: promise } = globalThis;
    try {
      Object.assign(globalThis, { JSON: undefined, Promise: undefined });
      throw new Error("without globals");
    } finally {
      Object.assign(globalThis, { JSON: json, Promise: promise });
    }
  }),
];
