import Bluebird from "bluebird";

export const cases = {
  "maps with a limit": () =>
    Bluebird.map([3, 1, 2], (value) => Bluebird.delay(value, value * 2), { concurrency: 2 }),
  props: () => Bluebird.props({ a: 1, b: Bluebird.resolve(2) }),
  "map series": () => Bluebird.mapSeries([1, 2, 3], (value, index) => value * index),
  spreads: () => Bluebird.all([1, 2]).spread((a, b) => a + b),
  "catches by class": () =>
    Bluebird.reject(new RangeError("far"))
      .catch(TypeError, () => "type")
      .catch(RangeError, ({ message }) => message),
  "catches by fields": () => Bluebird.reject({ code: 42 }).catch({ code: 42 }, ({ code }) => code),
  "times out": () => Bluebird.delay(1000).timeout(5, "too slow"),
  finally: async () => {
    const seen = [];
    await Bluebird.resolve(1)
      .finally(() => seen.push("finally"))
      .tap((value) => seen.push(value));
    return seen;
  },
  promisifies: async () => {
    const api = {
      read: (name, callback) => callback(null, `read ${name}`),
      fail: (callback) => callback(new Error("no")),
    };
    Bluebird.promisifyAll(api);
    return [
      await api.readAsync("x"),
      await api.failAsync().catch(({ message, isOperational }) => [message, isOperational]),
    ];
  },
  some: () => Bluebird.some([Bluebird.delay(9, "c"), Bluebird.delay(1, "a"), Bluebird.delay(4, "b")], 2),
  "any of none": () =>
    Bluebird.any([Bluebird.reject(new Error("a")), Bluebird.reject(new Error("b"))]).catch((error) => [
      error.name,
      error.length,
    ]),
  reflects: async () => {
    const seen = await Bluebird.all([
      Bluebird.resolve(1).reflect(),
      Bluebird.reject(new Error("x")).reflect(),
    ]);
    return seen.map((each) => [
      each.isFulfilled(),
      each.isFulfilled() ? each.value() : each.reason().message,
    ]);
  },
  disposes: async () => {
    const seen = [];
    const resource = Bluebird.resolve("open").disposer(() => void seen.push("closed"));
    await Bluebird.using(resource, (value) => void seen.push(value));
    return seen;
  },
  order: async () => {
    const seen = [];
    Bluebird.resolve().then(() => seen.push("bluebird"));
    Promise.resolve().then(() => seen.push("native"));
    await Bluebird.delay(5);
    return seen.sort();
  },
};
