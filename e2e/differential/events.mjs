import events, { EventEmitter, errorMonitor, once, on } from "node:events";
import { inherits, inspect } from "node:util";
import { attempt, eventually, show } from "./attempt.mjs";

function shapes(log) {
  log("static", events === EventEmitter, events.EventEmitter === events, events.name, events.length);
  log("static names", Object.getOwnPropertyNames(events).sort().join());
  log("prototype", Object.getOwnPropertyNames(events.prototype).sort().join());
  function Old() {
    EventEmitter.call(this);
  }
  inherits(Old, EventEmitter);
  class New extends EventEmitter {}
  const mixed = Object.assign({}, EventEmitter.prototype);
  for (const [name, emitter] of [
    ["old", new Old()],
    ["new", new New()],
    ["mixed", mixed],
    ["proto", Object.create(EventEmitter.prototype)],
  ]) {
    const seen = [];
    emitter.on("x", (...args) => seen.push(args)).once("x", () => seen.push("once"));
    log(
      name,
      emitter.emit("x", 1, 2, 3, 4, 5),
      emitter.emit("x"),
      emitter.emit("y"),
      seen,
      emitter.listenerCount("x"),
      emitter.eventNames(),
    );
  }
  log(
    "inspect",
    inspect(new New()).replace(/\s+/g, " "),
    inspect(new EventEmitter({ captureRejections: true })).replace(/\s+/g, " "),
  );
}

function changes(log) {
  const emitter = new EventEmitter();
  const seen = [];
  emitter.on("newListener", (name, listener) => seen.push(["new", name, typeof listener]));
  emitter.on("removeListener", (name) => seen.push(["removed", name]));
  const a = () => seen.push("a");
  const b = () => {
    seen.push("b");
    emitter.removeListener("e", a);
  };
  emitter
    .on("e", b)
    .on("e", a)
    .prependListener("e", () => seen.push("first"))
    .prependOnceListener("e", () => seen.push("once first"));
  emitter.emit("e");
  emitter.emit("e");
  log(
    "order",
    seen,
    emitter.listeners("e").length,
    emitter.rawListeners("e").length,
    emitter.listenerCount("e", b),
  );
  emitter.off("e", () => {});
  emitter.removeAllListeners("e");
  log("removed", seen.slice(-4), emitter.eventNames().map(String));
  emitter.removeAllListeners();
  log("none", emitter.eventNames(), emitter._eventsCount);
  const sym = Symbol("s");
  emitter.on(sym, a);
  log("symbol", emitter.eventNames().map(String), emitter.emit(sym));
}

function errors(log) {
  const emitter = new EventEmitter();
  for (const error of [new Error("x"), "text", { a: 1 }, null, undefined, 5])
    log(
      `unheard ${error instanceof Error ? error : show(error)}`,
      attempt(() => emitter.emit("error", error)),
    );
  const seen = [];
  emitter.on(errorMonitor, (error) => seen.push(error.message));
  log(
    "monitor",
    attempt(() => emitter.emit("error", new Error("m"))),
    seen,
  );
  for (const listener of [undefined, null, 5, {}])
    log(
      "bad listener",
      attempt(() => emitter.on("x", listener)),
      attempt(() => emitter.once("x", listener)),
      attempt(() => emitter.off("x", listener)),
    );
  for (const limit of [-1, "2", NaN, 0, 3, Infinity])
    log(
      `limit ${limit}`,
      attempt(() => emitter.setMaxListeners(limit).getMaxListeners()),
      attempt(() => {
        EventEmitter.defaultMaxListeners = limit;
        return EventEmitter.defaultMaxListeners;
      }),
    );
  EventEmitter.defaultMaxListeners = 10;
  log(
    "functions",
    attempt(() => events.getEventListeners(emitter, "x")),
    attempt(() => events.getEventListeners({}, "x")),
    attempt(() => events.listenerCount(emitter, "x")),
    attempt(() => events.getMaxListeners(emitter)),
    attempt(() => events.setMaxListeners(5, emitter)),
    emitter.getMaxListeners(),
    attempt(() => events.setMaxListeners(-1)),
  );
}

async function waiting(log) {
  const emitter = new EventEmitter();
  setImmediate(() => emitter.emit("ready", 1, 2));
  log("once", await eventually(once(emitter, "ready")), emitter.eventNames());
  setImmediate(() => emitter.emit("error", new Error("failed")));
  log("once error", await eventually(once(emitter, "ready")), emitter.eventNames());
  setImmediate(() => emitter.emit("error", "wanted"));
  log("once of error", await eventually(once(emitter, "error")));
  const aborted = AbortSignal.abort();
  log("aborted", (await eventually(once(emitter, "x", { signal: aborted }))).slice(0, 60));
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  log(
    "aborts",
    (await eventually(once(emitter, "x", { signal: controller.signal }))).slice(0, 60),
    emitter.eventNames(),
  );
  const target = new EventTarget();
  setImmediate(() => target.dispatchEvent(new Event("go")));
  log("target", (await once(target, "go"))[0].type);
  setImmediate(() => {
    emitter.emit("n", 1);
    emitter.emit("n", 2, 3);
    emitter.emit("end");
  });
  const seen = [];
  for await (const args of on(emitter, "n", { close: ["end"] })) seen.push(args);
  log("on", seen, emitter.eventNames());
  setImmediate(() => {
    emitter.emit("n", 1);
    emitter.emit("error", new Error("broken"));
  });
  log(
    "on error",
    await eventually(async () => {
      const all = [];
      for await (const args of on(emitter, "n")) all.push(args);
      return all;
    }),
  );
}

async function rejections(log) {
  const emitter = new EventEmitter({ captureRejections: true });
  const seen = [];
  emitter.on("error", (error) => seen.push(error.message));
  emitter.on("x", async () => {
    throw new Error("rejected");
  });
  emitter.emit("x");
  await new Promise(setImmediate);
  emitter[Symbol.for("nodejs.rejection")] = (error, name, ...args) => seen.push([error.message, name, args]);
  emitter.emit("x", 7);
  await new Promise(setImmediate);
  log("captured", seen, EventEmitter.captureRejections, String(events.captureRejectionSymbol));
}

export async function run(log) {
  shapes(log);
  changes(log);
  errors(log);
  await waiting(log);
  await rejections(log);
}
