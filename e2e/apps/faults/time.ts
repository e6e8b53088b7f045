import { lambda, type LambdaFunction } from "@laconic/runtime/library";

/** Every way to take too long. */
export const time: LambdaFunction[] = [
  lambda("loops-in-finally", () => {
    try {
      for (;;);
    } finally {
      for (;;);
    }
  }),
  lambda("loops-in-catch", () => {
    for (;;) {
      try {
        for (;;);
      } catch {
        continue;
      }
    }
  }),
  lambda("loops-in-regexp", () => /^(a+)+$/.test(`${"a".repeat(40)}b`)),
  lambda("loops-in-getter", () => {
    throw {
      get message() {
        for (;;);
      },
    };
  }),
  lambda("loops-in-jobs", async () => {
    for (;;) await null;
  }),
  lambda("loops-in-ticks", () => {
    const again = (): void => process.nextTick(again);
    again();
    return new Promise(() => {});
  }),
  lambda("loops-in-async-generator", async () => {
    async function* numbers(): AsyncGenerator<number> {
      for (;;) yield 1;
    }
    for await (const number of numbers()) if (number > 1) break;
  }),
  lambda("loops-in-thenable", async () => {
    const again = { then: (resolve: (value: unknown) => void) => resolve(again) };
    await again;
  }),
  lambda("waits-for-interval", () => new Promise(() => setInterval(() => {}, 1))),
  lambda("waits-for-long-timer", () => new Promise((resolve) => setTimeout(resolve, 600_000))),
  lambda(
    "waits-for-unreferenced-timer",
    () => new Promise((resolve) => setTimeout(resolve, 600_000).unref()),
  ),
];
