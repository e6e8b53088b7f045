import {
  EventEmitter,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  once,
  on,
  setMaxListeners,
  addAbortListener,
} from "node:events";
import { inspect } from "node:util";
import { attempt, eventually } from "./attempt.mjs";

// The platform's events, and the signals that are made of them.

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
const withoutTime = (text) => text.replace(/timeStamp: [\d.e-]+/, "timeStamp: T");

/** The uncaught exceptions that the process reports while `act` runs. */
async function uncaught(act) {
  const seen = [];
  const listener = (error) => seen.push(`${error?.name ?? typeof error}: ${error?.message ?? error}`);
  process.on("uncaughtException", listener);
  await act();
  await tick();
  process.off("uncaughtException", listener);
  return seen;
}

function shapes(log) {
  for (const each of [Event, EventTarget, CustomEvent, AbortController, AbortSignal]) {
    log(`${each.name} itself`, each.length, Object.keys(each), typeof each, each.name);
    const keys = Object.getOwnPropertyNames(each.prototype).filter((key) => key !== "constructor");
    for (const key of keys.sort()) {
      const { enumerable, configurable, get, set, value } = Object.getOwnPropertyDescriptor(
        each.prototype,
        key,
      );
      log(`${each.name}.${key}`, enumerable, configurable, typeof get, typeof set, value?.length ?? "none");
    }
    log(
      `${each.name} tag`,
      Object.prototype.toString.call(each.prototype),
      each.prototype.constructor === each,
    );
  }
  log("own keys", Object.keys(new Event("x")).length, Object.keys(new AbortController()).length);
}

function events(log) {
  for (const [label, options] of Object.entries({
    none: undefined,
    null: null,
    all: { bubbles: 1, cancelable: "yes", composed: true },
    number: 1,
    list: [],
    text: "x",
  })) {
    log(
      `event ${label}`,
      attempt(() => {
        const event = new Event("x", options);
        return [
          event.type,
          event.bubbles,
          event.cancelable,
          event.composed,
          event.isTrusted,
          event.eventPhase,
        ];
      }),
    );
    log(
      `custom ${label}`,
      attempt(() => new CustomEvent("x", options).detail),
    );
  }
  log(
    "no type",
    attempt(() => new Event()),
    attempt(() => new CustomEvent()),
  );
  log(
    "types",
    attempt(() => new Event(1).type),
    new Event(null).type,
  );
  log(
    "detail",
    new CustomEvent("x", { detail: { a: 1 } }).detail,
    new CustomEvent("x", { detail: null }).detail,
  );
  log(
    "this",
    attempt(() => Event.prototype.type),
    attempt(() => Event.prototype.preventDefault.call({})),
  );
  const event = new Event("x", { cancelable: true });
  event.returnValue = true;
  log("return value", event.returnValue, event.defaultPrevented);
  event.returnValue = false;
  log("return value set", event.returnValue, event.defaultPrevented);
  event.cancelBubble = false;
  log("bubble", event.cancelBubble, ((event.cancelBubble = true), event.cancelBubble));
  event.initEvent("y", true, false);
  log(
    "init",
    event.type,
    event.bubbles,
    event.cancelable,
    attempt(() => event.initEvent()),
  );
  const plain = new Event("x");
  plain.preventDefault();
  log("not cancelable", plain.defaultPrevented, plain.returnValue, plain.timeStamp >= 0);
  log("at rest", plain.target, plain.currentTarget, plain.srcElement, plain.composedPath());
  log(
    "inspected",
    withoutTime(inspect(plain)),
    withoutTime(inspect(new CustomEvent("c"))),
    inspect([[[[plain]]]]),
  );
}

function dispatches(log) {
  const target = new EventTarget();
  const seen = [];
  const one = (event) => seen.push(`one ${event.type} ${event.eventPhase}`);
  target.addEventListener("a", one);
  target.addEventListener("a", one);
  target.addEventListener("a", one, true);
  target.addEventListener("a", one, { capture: true });
  log("duplicates", target.dispatchEvent(new Event("a")), seen.splice(0));
  target.removeEventListener("a", one, { capture: true });
  log("removed", target.dispatchEvent(new Event("a")), seen.splice(0));
  target.removeEventListener("a", one);
  log("all removed", target.dispatchEvent(new Event("a")), seen.splice(0));

  const handler = {
    handleEvent(event) {
      seen.push(this === handler, event.currentTarget === target, event.target === target);
    },
  };
  target.addEventListener("h", handler);
  target.dispatchEvent(new Event("h"));
  handler.handleEvent = () => seen.push("replaced");
  target.dispatchEvent(new Event("h"));
  log("handleEvent", seen.splice(0));

  target.addEventListener("this", function (event) {
    seen.push(this === target, event.composedPath().length, event.srcElement === target);
  });
  const event = new Event("this");
  target.dispatchEvent(event);
  log("this", seen.splice(0), event.currentTarget, event.target === target, event.eventPhase);

  target.addEventListener("once", () => seen.push("once"), { once: true });
  target.dispatchEvent(new Event("once"));
  target.dispatchEvent(new Event("once"));
  log("once", seen.splice(0));

  target.addEventListener("prevent", (given) => given.preventDefault(), { passive: true });
  log("passive", target.dispatchEvent(new Event("prevent", { cancelable: true })));
  target.addEventListener("prevent", (given) => given.preventDefault());
  log("prevented", target.dispatchEvent(new Event("prevent", { cancelable: true })));

  const second = () => seen.push("second");
  const third = () => seen.push("third");
  target.addEventListener("remove", () => target.removeEventListener("remove", second));
  target.addEventListener("remove", second);
  target.addEventListener("remove", third);
  target.dispatchEvent(new Event("remove"));
  log("removal during dispatch", seen.splice(0));

  target.addEventListener("add", () => target.addEventListener("add", second));
  target.addEventListener("add", third);
  target.dispatchEvent(new Event("add"));
  log("added before the last", seen.splice(0));
  target.addEventListener("last", () => target.addEventListener("last", second));
  target.dispatchEvent(new Event("last"));
  log("added by the last", seen.splice(0));

  target.addEventListener("stop", (given) => given.stopPropagation());
  target.addEventListener("stop", (given) => (seen.push("stop"), given.stopImmediatePropagation()));
  target.addEventListener("stop", () => seen.push("never"));
  target.dispatchEvent(new Event("stop"));
  log("stopped", seen.splice(0));

  const sameEvent = new Event("again");
  target.addEventListener("again", () => seen.push("again"));
  target.dispatchEvent(sameEvent);
  target.dispatchEvent(sameEvent);
  log("twice", seen.splice(0));

  for (const wrong of ["x", null, {}, undefined, 1])
    log(
      `dispatch ${String(wrong)}`,
      attempt(() => target.dispatchEvent(wrong)),
    );
  log(
    "dispatch nothing",
    attempt(() => target.dispatchEvent()),
  );
  log(
    "wrong this",
    ...["addEventListener", "removeEventListener", "dispatchEvent"].map((name) =>
      attempt(() => EventTarget.prototype[name].call({}, "x", () => {})),
    ),
  );
  for (const wrong of [1, "f", true, Symbol.iterator, undefined, null, {}])
    log(
      `listener ${String(wrong)}`,
      attempt(() => target.addEventListener("w", wrong)),
      attempt(() => target.removeEventListener("w", wrong)),
    );
  log(
    "few",
    attempt(() => target.addEventListener("x")),
    attempt(() => target.removeEventListener()),
  );
  for (const [label, options] of Object.entries({
    number: 1,
    text: "x",
    null: null,
    list: [],
    function: () => {},
  }))
    log(
      `options ${label}`,
      attempt(() => target.addEventListener(`o ${label}`, () => {}, options)),
    );
  log("inspected", inspect(target), inspect(new (class Own extends EventTarget {})()));
}

async function failures(log) {
  const target = new EventTarget();
  const seen = [];
  target.addEventListener("x", () => {
    throw new RangeError("first");
  });
  target.addEventListener("x", async () => {
    throw new TypeError("second");
  });
  target.addEventListener("x", { handleEvent: 1 });
  target.addEventListener("x", () => seen.push("others are called"));
  const caught = await uncaught(() => seen.push(target.dispatchEvent(new Event("x"))));
  log(
    "a listener throws",
    seen,
    caught.map((line) => line.replace(/^TypeError: .*(function|object).*/, "TypeError")),
  );
  target.addEventListener("r", (event) => target.dispatchEvent(event));
  log("recursion", await uncaught(() => target.dispatchEvent(new Event("r"))));
}

async function signals(log) {
  const target = new EventTarget();
  const seen = [];
  const controller = new AbortController();
  target.addEventListener("s", () => seen.push("heard"), { signal: controller.signal });
  target.dispatchEvent(new Event("s"));
  controller.abort();
  target.dispatchEvent(new Event("s"));
  target.addEventListener("s", () => seen.push("never"), { signal: controller.signal });
  target.dispatchEvent(new Event("s"));
  log("signal of a listener", seen);
  for (const wrong of [1, null, "x", {}])
    log(
      `signal ${String(wrong)}`,
      attempt(() => target.addEventListener("y", () => {}, { signal: wrong })),
    );

  const { reason } = controller.signal;
  log(
    "reason",
    reason.name,
    reason.message,
    reason.code,
    reason instanceof DOMException,
    reason instanceof Error,
  );
  controller.abort("later");
  log("first reason stays", controller.signal.reason === reason, controller.signal.aborted);
  log(
    "throws",
    attempt(() => controller.signal.throwIfAborted()),
    attempt(() => new AbortController().signal.throwIfAborted()),
  );
  for (const given of [null, 0, "", false]) log(`aborted with ${given}`, AbortSignal.abort(given).reason);
  log("aborted with undefined", AbortSignal.abort(undefined).reason.name);
  log(
    "same signal",
    controller.signal === controller.signal,
    controller.signal instanceof EventTarget,
    new AbortController().signal instanceof AbortSignal,
  );

  const one = new AbortController();
  const order = [];
  one.signal.onabort = function (event) {
    order.push("onabort", this === one.signal, event.isTrusted, event.type, event.target === one.signal);
  };
  one.signal.addEventListener("abort", (event) =>
    order.push("listener", event instanceof Event, event.cancelable),
  );
  const either = AbortSignal.any([one.signal, new AbortController().signal]);
  const nested = AbortSignal.any([either]);
  either.addEventListener("abort", () => order.push("either", nested.aborted));
  nested.addEventListener("abort", () => order.push("nested"));
  one.abort("why");
  log("order", order, either.reason, nested.reason, either.aborted);
  one.signal.onabort = null;
  log(
    "onabort",
    one.signal.onabort,
    attempt(() => {
      const { signal } = new AbortController();
      signal.onabort = 1;
      return signal.onabort;
    }),
  );
  log("any of none", AbortSignal.any([]).aborted, AbortSignal.any(new Set([AbortSignal.abort("r")])).reason);
  for (const wrong of [undefined, null, 1, "x", {}, [1], [null], [{}]])
    log(
      `any ${JSON.stringify(wrong)}`,
      attempt(() => AbortSignal.any(wrong)),
    );
  for (const wrong of [undefined, -1, "1", 1.5, NaN, 2 ** 32])
    log(
      `timeout ${wrong}`,
      attempt(() => AbortSignal.timeout(wrong)),
    );
  // The signal alone keeps nobody waiting.
  setTimeout(() => {}, 50);
  const timed = AbortSignal.timeout(1);
  await once(timed, "abort").catch(() => {});
  log("timed", timed.aborted, timed.reason.name, timed.reason.message, timed.reason.code);
  log(
    "illegal",
    attempt(() => new AbortSignal()),
    attempt(() => AbortSignal.prototype.aborted),
    attempt(() => AbortSignal.prototype.throwIfAborted.call({})),
  );
  log(
    "inspected",
    inspect(new AbortController()),
    inspect(AbortSignal.abort()),
    inspect({ a: { b: { c: new AbortController() } } }),
  );
  const stopping = new AbortController();
  const heard = [];
  stopping.signal.addEventListener("abort", (event) => event.stopImmediatePropagation());
  addAbortListener(stopping.signal, () => heard.push("cannot be stopped"));
  stopping.signal.addEventListener("abort", () => heard.push("can be stopped"));
  stopping.abort();
  log("addAbortListener", heard);
}

async function emitters(log) {
  const target = new EventTarget();
  const listener = () => {};
  target.addEventListener("x", listener);
  target.addEventListener("x", { handleEvent() {} });
  log(
    "listeners",
    getEventListeners(target, "x").length,
    getEventListeners(target, "x")[0] === listener,
    getEventListeners(target, "y"),
  );
  log(
    "count",
    attempt(() => listenerCount(new EventEmitter(), "x")),
    getMaxListeners(target),
    getMaxListeners(new AbortController().signal),
  );
  setMaxListeners(3, target);
  log(
    "limit",
    getMaxListeners(target),
    attempt(() => setMaxListeners(1, {})),
    attempt(() => getEventListeners({}, "x")),
  );
  const waiting = once(target, "x");
  target.dispatchEvent(new CustomEvent("x", { detail: 5 }));
  const [event] = await waiting;
  log("once", event.detail, event instanceof CustomEvent);
  const each = on(target, "x");
  target.dispatchEvent(new CustomEvent("x", { detail: 6 }));
  log("on", (await each.next()).value[0].detail);
  await each.return();
  log("cancelled", await eventually(once(target, "x", { signal: AbortSignal.abort("no") })));

  const warnings = [];
  const warned = (warning) =>
    warnings.push(
      `${warning.name}: ${warning.message}`,
      warning.type ?? "",
      warning.target === target,
      warning.count ?? 0,
    );
  process.on("warning", warned);
  for (let index = 0; index < 5; index++) target.addEventListener("many", () => index);
  target.addEventListener("none", null);
  await tick();
  process.off("warning", warned);
  log("warnings", warnings);
}

export async function run(log) {
  shapes(log);
  events(log);
  dispatches(log);
  await failures(log);
  await signals(log);
  await emitters(log);
}
