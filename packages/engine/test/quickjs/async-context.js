const seen = [];
const here = (name) => seen.push(`${name}:${engine.asyncContext()}`);
engine.setAsyncContext("one");
const waiting = new Promise((resolve) => Promise.resolve().then(resolve));
(async () => {
  here("start");
  await waiting;
  here("after await");
})();
Promise.resolve().then(() => here("then"));
engine.setAsyncContext("two");
Promise.resolve().then(() => here("then"));
engine.setAsyncContext(undefined);
here("outside");
let hops = Promise.resolve();
for (let index = 0; index < 5; index++) hops = hops.then(() => {});
hops.then(() =>
  check(
    "a job, a reaction and an async function go on with what they were started with",
    seen.join() === "start:one,outside:undefined,then:one,then:two,after await:one",
  ),
);
