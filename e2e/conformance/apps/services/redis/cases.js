// A cache on the official client.
import { createClient, ErrorReply } from "redis";

const client = await createClient({ url: process.env.REDIS_URL, socket: { reconnectStrategy: false } }).on(
  "error",
  () => undefined,
);
let connected;
const redis = async () => {
  connected ??= client.connect();
  await connected;
  return client;
};

export const cases = {
  strings: async () => {
    const r = await redis();
    return [
      await r.set("a", "grüße 🎉", { EX: 60 }),
      await r.get("a"),
      await r.get("none"),
      await r.incrBy("n", 5),
      await r.mGet(["a", "none"]),
      await r.exists(["a", "b"]),
    ];
  },
  hashes: async () => {
    const r = await redis();
    return [await r.hSet("h", { a: "1", b: "ä" }), await r.hGetAll("h"), await r.hIncrBy("h", "a", 4)];
  },
  lists: async () => {
    const r = await redis();
    return [await r.rPush("l", ["1", "2"]), await r.lRange("l", 0, -1), await r.lPop("l")];
  },
  "sets and sorted sets": async () => {
    const r = await redis();
    return [
      await r.sAdd("s", ["a", "b"]),
      (await r.sMembers("s")).sort(),
      await r.zAdd("z", [
        { score: 2, value: "b" },
        { score: 1, value: "a" },
      ]),
      await r.zRangeWithScores("z", 0, -1),
    ];
  },
  transactions: async () => (await redis()).multi().set("t", "1").incr("t").get("t").exec(),
  "a failed transaction": async () =>
    (await redis())
      .multi()
      .set("t", "x")
      .incr("t")
      .exec()
      .catch(({ name, message }) => [name, message]),
  scans: async () => {
    const keys = [];
    for await (const page of (await redis()).scanIterator({ MATCH: "*" }))
      keys.push(...(Array.isArray(page) ? page : [page]));
    return keys.sort();
  },
  scripts: async () => (await redis()).eval("return {KEYS[1], ARGV[1]}", { keys: ["k"], arguments: ["v"] }),
  publishes: async () => {
    const sub = (await redis()).duplicate();
    await sub.connect();
    const heard = new Promise(
      (resolve) => void sub.subscribe("news", (message, channel) => resolve([channel, message])),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.publish("news", "hello ä");
    const message = await heard;
    sub.destroy();
    return message;
  },
  errors: async () =>
    (await redis()).lPush("a", "x").catch((error) => [error.message, error instanceof ErrorReply]),
  "in parallel": async () => {
    const r = await redis();
    return Promise.all(Array.from({ length: 50 }, (_, i) => r.set(`k${i}`, String(i)))).then(
      (all) => new Set(all).size,
    );
  },
  "large values": async () => {
    const r = await redis();
    await r.set("large", "ä".repeat(300_000));
    return (await r.get("large")).length;
  },
  "a port where nobody listens": () =>
    createClient({ url: "redis://127.0.0.1:1", socket: { reconnectStrategy: false } })
      .on("error", () => undefined)
      .connect()
      .catch(({ code, message }) => [code, message]),
  state: async () => {
    const r = await redis();
    return [r.isOpen, r.isReady];
  },
};
