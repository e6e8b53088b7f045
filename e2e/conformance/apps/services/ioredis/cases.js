// A cache on ioredis.
import { Redis } from "ioredis";

const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 });

export const cases = {
  strings: async () => [
    await redis.set("a", "grüße 🎉", "EX", 60),
    await redis.get("a"),
    await redis.get("none"),
    await redis.setnx("a", "x"),
    await redis.incrby("n", 5),
    await redis.append("a", "!"),
    await redis.strlen("a"),
    await redis.ttl("a"),
  ],
  buffers: async () => {
    await redis.set("bin", Buffer.from([0, 1, 255]));
    return redis.getBuffer("bin");
  },
  hashes: async () => [
    await redis.hset("h", { a: 1, b: "ä" }),
    await redis.hgetall("h"),
    await redis.hincrby("h", "a", 4),
    await redis.hmget("h", "a", "z"),
  ],
  lists: async () => [
    await redis.rpush("l", 1, 2, 3),
    await redis.lrange("l", 0, -1),
    await redis.lpop("l"),
    await redis.llen("l"),
  ],
  "sets and sorted sets": async () => [
    await redis.sadd("s", "a", "b", "a"),
    (await redis.smembers("s")).sort(),
    await redis.zadd("z", 2, "b", 1, "a"),
    await redis.zrange("z", 0, -1, "WITHSCORES"),
    await redis.zrank("z", "b"),
  ],
  pipelines: () =>
    redis
      .pipeline()
      .set("p", 1)
      .incr("p")
      .get("p")
      .lpush("p", 1)
      .exec()
      .then((results) => results.map(([error, value]) => [error?.message, value])),
  transactions: () => redis.multi().set("t", 1).incr("t").exec(),
  scripts: async () => {
    redis.defineCommand("double", { numberOfKeys: 1, lua: "return redis.call('get', KEYS[1]) * ARGV[1]" });
    await redis.set("d", 21);
    return [await redis.double("d", 2), await redis.eval("return {1, 'x', {2}}", 0)];
  },
  scans: async () => {
    const keys = [];
    for await (const page of redis.scanStream({ match: "*", count: 2 })) keys.push(...page);
    return [...new Set(keys)].sort();
  },
  publishes: async () => {
    const sub = redis.duplicate();
    const heard = new Promise((resolve) =>
      sub.on("message", (channel, message) => resolve([channel, message])),
    );
    await sub.subscribe("news");
    await redis.publish("news", "hello ä");
    const message = await heard;
    sub.disconnect();
    return message;
  },
  streams: async () => [
    await redis.xadd("x", "1-1", "a", "1"),
    await redis.xrange("x", "-", "+"),
    await redis.xlen("x"),
  ],
  errors: () =>
    redis.lpush("a", 1).catch(({ name, message, command }) => ({ name, message, command: command.name })),
  "unknown commands": () => redis.call("NOPE", "x").catch(({ message }) => message),
  "large values": async () => {
    await redis.set("large", "x".repeat(1_000_000));
    return (await redis.get("large")).length;
  },
  "in parallel": () =>
    Promise.all(
      Array.from({ length: 100 }, (_, i) => redis.set(`k${i}`, i).then(() => redis.get(`k${i}`))),
    ).then((values) => values.join()),
  "a port where nobody listens": async () => {
    const other = new Redis({ port: 1, host: "127.0.0.1", retryStrategy: null, lazyConnect: true });
    other.on("error", () => undefined);
    return other.connect().catch(({ code, message }) => [code, message]);
  },
  status: () => [redis.status, redis.mode],
};
