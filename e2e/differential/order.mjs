import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { EventEmitter } from "node:events";
import { setImmediate as immediate, setInterval as every, setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { attempt, eventually } from "./attempt.mjs";

/** In what order what is put off comes. */
async function queues(log) {
  const seen = [];
  const note = (name) => () => seen.push(name);
  await new Promise((resolve) => {
    setTimeout(() => {
      setImmediate(note("immediate"));
      setTimeout(note("timeout"), 1);
      process.nextTick(note("tick 1"));
      Promise.resolve().then(note("promise 1")).then(note("promise 2"));
      queueMicrotask(() => {
        seen.push("microtask");
        process.nextTick(note("tick of microtask"));
        queueMicrotask(note("microtask of microtask"));
      });
      process.nextTick(() => {
        seen.push("tick 2");
        process.nextTick(note("tick of tick"));
        Promise.resolve().then(note("promise of tick"));
      });
      seen.push("code");
      setTimeout(resolve, 20);
    }, 0);
  });
  log("order", seen);
  const args = [];
  process.nextTick((...all) => args.push(all), 1, "two", null);
  setImmediate((...all) => args.push(all), 3);
  setTimeout((...all) => args.push(all), 1, 4, 5);
  await wait(10);
  log("arguments", args);
  log(
    "wrong",
    attempt(() => process.nextTick()),
    attempt(() => process.nextTick("x")),
  );
}

async function timers(log) {
  const timeout = setTimeout(() => {}, 1000);
  log(
    "timeout",
    typeof timeout,
    timeout.hasRef(),
    timeout.unref() === timeout,
    timeout.hasRef(),
    timeout.ref() === timeout,
    typeof timeout[Symbol.toPrimitive]?.(),
  );
  clearTimeout(timeout);
  let count = 0;
  const interval = setInterval(() => count++, 1);
  await wait(15);
  clearInterval(interval);
  const before = count;
  await wait(5);
  log("interval", before > 2, count === before);
  log(
    "promises",
    await eventually(wait(1, "value")),
    await eventually(immediate("now")),
    await eventually(promisify(setTimeout)(1, "promisified")),
    await eventually(promisify(setImmediate)("too")),
  );
  const values = [];
  for await (const value of every(1, "tick")) if (values.push(value) === 3) break;
  log("every", values);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 2);
  log("aborted", (await eventually(wait(500, null, { signal: controller.signal }))).slice(0, 70));
}

async function contexts(log) {
  const storage = new AsyncLocalStorage();
  const other = new AsyncLocalStorage();
  const seen = [];
  const note = (name) => seen.push([name, storage.getStore(), other.getStore()]);
  const emitter = new EventEmitter();
  emitter.on("e", () => note("event"));
  await storage.run("A", async () => {
    note("run");
    other.run(1, () => process.nextTick(() => note("tick")));
    setTimeout(() => note("timeout"), 1);
    setImmediate(() => note("immediate"));
    queueMicrotask(() => note("microtask"));
    Promise.resolve().then(() => note("then"));
    await null;
    note("await");
    await storage.run("B", async () => {
      await wait(2);
      note("inner");
    });
    note("after inner");
    emitter.emit("e");
    await Promise.all(
      [1, 2].map((n) =>
        other.run(n, async () => {
          await wait(n);
          note(`all ${n}`);
        }),
      ),
    );
    storage.exit(() => note("exit"));
    const snapshot = AsyncLocalStorage.snapshot();
    const bound = AsyncLocalStorage.bind(() => note("bound"));
    const resource = new AsyncResource("R");
    storage.run("C", () => {
      snapshot(() => note("snapshot"));
      bound();
      resource.runInAsyncScope(() => note("resource"));
      note("C");
    });
    for await (const n of (async function* () {
      yield 1;
      await wait(1);
      yield 2;
    })())
      note(`generator ${n}`);
    try {
      await Promise.reject(new Error("x"));
    } catch {
      note("caught");
    }
    await new Promise((resolve) => setTimeout(resolve, 1)).finally(() => note("finally"));
  });
  note("outside");
  storage.enterWith("E");
  await wait(1);
  note("entered");
  storage.disable();
  note("disabled");
  log("contexts", seen);
  log(
    "resource",
    attempt(() =>
      new AsyncResource("x").bind(function () {
        return this;
      }, 5)(),
    ),
    attempt(() => new AsyncResource(5)),
    typeof new AsyncResource("x").asyncId(),
  );
}

export async function run(log) {
  await queues(log);
  await timers(log);
  await contexts(log);
}
