import { attempt } from "./attempt.mjs";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function run(log) {
  let count = 0;
  setInterval(function () {
    count++;
    clearInterval(this);
  }, 1);
  let own;
  const timer = setTimeout(
    function (...args) {
      own = [this === timer, args];
    },
    1,
    "a",
    "b",
  );
  let immediate;
  const made = setImmediate(function () {
    immediate = this === made;
  });
  await wait(20);
  log("this", count, own, immediate);

  for (const start of [setTimeout, setInterval, setImmediate, queueMicrotask]) {
    for (const given of [undefined, null, 5, 1.5, 10n, true, "text", {}, ["x"]]) {
      log(
        `${start.name} ${typeof given}`,
        attempt(() => start(given, 1)),
      );
    }
  }
}
