import async from "async";

const later =
  (value, milliseconds = 1) =>
  (callback) =>
    setTimeout(() => callback(null, value), milliseconds);

export const cases = {
  parallel: () => async.parallel({ a: later(1, 5), b: later(2) }),
  series: () => async.series([later("a"), later("b")]),
  waterfall: () => async.waterfall([later(2), (value, callback) => callback(null, value * 3)]),
  "maps with a limit": async () => {
    let running = 0;
    let most = 0;
    const mapped = await async.mapLimit([1, 2, 3, 4, 5], 2, async (value) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return value ** 2;
    });
    return [mapped, most];
  },
  "the first error": () =>
    async.each([1, 2, 3], async (value) => {
      if (value === 2) throw new Error("two");
    }),
  auto: () =>
    async.auto({
      one: async () => 1,
      two: ["one", async ({ one }) => one + 1],
      three: ["one", "two", async ({ one, two }) => one + two],
    }),
  "a queue": async () => {
    const done = [];
    const queue = async.queue(async (task) => void done.push(task), 1);
    queue.push(["a", "b"]);
    queue.unshift("first");
    await queue.drain();
    return done;
  },
  retries: async () => {
    let attempts = 0;
    const value = await async.retry({ times: 3, interval: 1 }, async () => {
      if (++attempts < 3) throw new Error("again");
      return attempts;
    });
    return value;
  },
  "a timeout": () =>
    new Promise((resolve) => {
      const slow = async.timeout((callback) => setTimeout(callback, 50), 5, { of: "slow" });
      slow(({ code, message, info }) => resolve([code, message, info]));
    }),
  "filters, sorts and reduces": async () => [
    await async.filter([1, 2, 3, 4], async (value) => value % 2 === 0),
    await async.sortBy([3, 1, 2], async (value) => value),
    await async.reduce([1, 2, 3], 0, async (sum, value) => sum + value),
    await async.groupBy(["a", "bb", "cc"], async (text) => text.length),
  ],
  memoizes: async () => {
    let calls = 0;
    const slow = async.memoize((value, callback) => callback(null, [value, ++calls]));
    const once = (value) => new Promise((resolve) => slow(value, (_, result) => resolve(result)));
    return [await once(1), await once(1), await once(2)];
  },
};
