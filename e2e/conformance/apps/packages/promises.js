import pLimit from "p-limit";
import PQueue from "p-queue";
import pRetry, { AbortError } from "p-retry";

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const cases = {
  limits: async () => {
    const limit = pLimit(2);
    let running = 0;
    let most = 0;
    const all = await Promise.all(
      [5, 1, 3].map((n) =>
        limit(async () => {
          most = Math.max(most, ++running);
          await sleep(n);
          running--;
          return n;
        }),
      ),
    );
    return [all, most, limit.activeCount, limit.pendingCount];
  },
  "limits of nothing": () => pLimit(0),
  "a queue of priorities": async () => {
    const seen = [];
    const queue = new PQueue({ concurrency: 1, autoStart: false });
    for (const [name, priority] of [
      ["low", 0],
      ["high", 5],
      ["middle", 2],
    ])
      queue.add(() => void seen.push(name), { priority });
    queue.start();
    await queue.onIdle();
    return seen;
  },
  "a queue with a limit of time": async () => {
    const queue = new PQueue({ timeout: 5 });
    return queue.add(() => sleep(1000)).catch(({ name }) => name);
  },
  "a queue of a rate": async () => {
    const queue = new PQueue({ intervalCap: 2, interval: 5 });
    return queue.addAll([1, 2, 3, 4, 5].map((n) => async () => n));
  },
  "an aborted task": async () => {
    const controller = new AbortController();
    const queue = new PQueue({ concurrency: 1 });
    const first = queue.add(() => sleep(10));
    const second = queue.add(() => 1, { signal: controller.signal }).catch(({ name }) => name);
    controller.abort();
    return [await first, await second];
  },
  retries: async () => {
    const seen = [];
    const value = await pRetry(
      async (attempt) => {
        if (attempt < 3) throw new Error(`attempt ${attempt}`);
        return attempt;
      },
      {
        minTimeout: 1,
        factor: 1,
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
          void seen.push([error?.message, attemptNumber, retriesLeft]),
      },
    );
    return [value, seen];
  },
  "gives up": () =>
    pRetry(
      async () => {
        throw new AbortError("enough");
      },
      { minTimeout: 1 },
    ),
  "of network errors alone": () =>
    pRetry(
      async () => {
        throw new TypeError("a mistake");
      },
      { minTimeout: 1, retries: 1 },
    ),
};
