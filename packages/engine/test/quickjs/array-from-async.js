const closing = (log, over = {}) => ({
  [Symbol.asyncIterator]() {
    let index = 0;
    const next = async () => ({ value: index, done: index++ > 1 });
    return { next, return: async () => (log.push("return"), await null, log.push("closed"), {}), ...over };
  },
});
const outcome = async (make, map) => {
  const log = [];
  const end = await Array.fromAsync(make(log), map).then(String, (error) => `thrown ${error}`);
  return [...log, end].join();
};
(async () => {
  const list = await Array.fromAsync([1, Promise.resolve(2)]);
  check("elements are enumerable", Object.keys(list).join() === "0,1" && list.join() === "1,2");
  check("the end does not close", (await outcome(closing)) === "0,1");
  const fails = () => {
    throw "map";
  };
  check(
    "a map that throws closes, and waits",
    (await outcome(closing, fails)) === "return,closed,thrown map",
  );
  const rejects = () => Promise.reject("map");
  check("a map that rejects too", (await outcome(closing, rejects)) === "return,closed,thrown map");
  const next = () => {
    throw "next";
  };
  check("next() that throws does not", (await outcome((log) => closing(log, { next }))) === "thrown next");
  const rejected = () => Promise.reject("next");
  check(
    "next() that rejects neither",
    (await outcome((log) => closing(log, { next: rejected }))) === "thrown next",
  );
  const log = [];
  const sync = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: Promise.reject("value"), done: false }),
      return: () => (log.push("return"), {}),
    }),
  };
  check(
    "a value that is rejected closes what it is of",
    (await outcome(() => sync)) === "thrown value" && log.join() === "return",
  );
  check(
    "what is like an array",
    (await Array.fromAsync({ length: 2, 0: "a", 1: Promise.resolve("b") })).join() === "a,b",
  );
  check("a function that maps", (await Array.fromAsync([1, 2], async (each) => each * 2)).join() === "2,4");
  Object.defineProperty(Object.prototype, "get", { configurable: true, value: () => 1 });
  check("Object.prototype has no say", (await Array.fromAsync([7])).join() === "7");
  delete Object.prototype.get;
})();
