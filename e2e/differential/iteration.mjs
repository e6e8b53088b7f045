// How iterators are asked, closed and let go of, and values that JavaScript changes while built-ins look at them.
import { Readable } from "node:stream";
import { attempt, eventually } from "./attempt.mjs";

class Cursor {
  constructor(log, last = 2) {
    this.log = log;
    this.last = last;
    this.at = 0;
  }

  async next() {
    return this.at < this.last ? { done: false, value: this.at++ } : { done: true, value: undefined };
  }

  async return() {
    this.log.push("return");
    await null;
    this.log.push("released");
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

/** The steps of a loop over a cursor. */
async function steps(loop) {
  const log = [];
  try {
    await loop(new Cursor(log), log);
  } catch (error) {
    log.push(error.name);
  }
  log.push("after");
  return log;
}

const ASYNC_LOOPS = {
  "to the end": async (cursor, log) => {
    for await (const value of cursor) log.push(value);
  },
  break: async (cursor, log) => {
    for await (const value of cursor) {
      log.push(value);
      break;
    }
  },
  throw: async (cursor) => {
    for await (const value of cursor) throw new RangeError(String(value));
  },
  return: (cursor) =>
    (async () => {
      for await (const value of cursor) return value;
    })(),
  "a pattern that throws": async (cursor) => {
    for await (const [first] of cursor) void first;
  },
  nested: async (cursor, log) => {
    outer: for await (const value of cursor) {
      for await (const inner of new Cursor(log)) {
        log.push([value, inner]);
        continue outer;
      }
    }
  },
};

/** Async iterators that fail, and how often they are closed. */
const FAILING = {
  "next rejects": () => Promise.reject(new Error("x")),
  "next throws": () => {
    throw new Error("x");
  },
  "next gives a number": () => 1,
  "next gives a promise of a number": () => Promise.resolve(1),
  "done throws": () => ({
    get done() {
      throw new Error("done");
    },
  }),
};

async function closings(next) {
  let closed = 0;
  const iterable = {
    [Symbol.asyncIterator]: () => ({ next, return: () => (closed++, Promise.resolve({})) }),
  };
  const loop = async () => {
    for await (const value of iterable) void value;
  };
  return [await eventually(loop), closed];
}

async function syncClosings(values) {
  let closed = 0;
  const iterable = {
    [Symbol.iterator]() {
      const iterator = values[Symbol.iterator]();
      return { next: () => iterator.next(), return: () => (closed++, {}) };
    },
  };
  const loop = async () => {
    for await (const value of iterable) void value;
  };
  return [await eventually(loop), closed];
}

function* rows(count) {
  for (let id = 0; id < count; id++) yield { id, pad: new Array(50).fill(id) };
}

/** More than the memory holds at once. */
const MANY = 100_000;

const HELPERS = {
  map: () => {
    let sum = 0;
    for (const id of rows(MANY).map((row) => row.id)) sum += id;
    return sum;
  },
  filter: () => {
    let count = 0;
    for (const row of rows(MANY).filter(({ id }) => id % 2)) count += row.id > -1;
    return count;
  },
  flatMap: () => {
    let count = 0;
    for (const row of rows(MANY).flatMap((each) => [each, each])) count += row.id > -1;
    return count;
  },
  "take and drop": () =>
    rows(MANY)
      .drop(MANY / 2)
      .take(3)
      .toArray()
      .map(({ id }) => id),
  find: () => rows(MANY).find(({ id }) => id === MANY - 1).id,
  some: () => rows(MANY).some(({ id }) => id === MANY - 1),
  every: () => rows(MANY).every(({ id }) => id < MANY),
  reduce: () => rows(MANY).reduce((sum, { id }) => sum + id, 0),
  forEach: () => {
    let count = 0;
    rows(MANY).forEach(() => count++);
    return count;
  },
  "closed by find": () => {
    const log = [];
    const iterator = {
      __proto__: Iterator.prototype,
      next: () => ({ value: 1 }),
      return: () => (log.push("return"), {}),
    };
    return [iterator.find(() => true), log];
  },
};

function* headed() {
  for (const item of yield "which?") yield item;
}

function* headedIn() {
  for (const name in yield "which?") yield name;
}

async function* headedAsync() {
  for await (const item of yield "which?") yield item;
}

const FROM_ASYNC = {
  keys: async () => {
    const list = await Array.fromAsync([1, 2]);
    return [Object.keys(list), { ...list }, Object.entries(list), list.length];
  },
  mapped: () => Array.fromAsync([1, Promise.resolve(2)], async (value, index) => value * 10 + index),
  "like an array": () => Array.fromAsync({ length: 2, 0: "a", 1: Promise.resolve("b") }),
  "not closed at its end": async () => {
    const log = [];
    const list = await Array.fromAsync(new Cursor(log));
    return [list, log];
  },
  "closed when the function throws": async () => {
    const log = [];
    const failing = () => {
      throw new Error("mapped");
    };
    return [await eventually(Array.fromAsync(new Cursor(log), failing)), log];
  },
  "not closed when next rejects": async () => {
    let closed = 0;
    const iterable = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("x")), return: () => closed++ }),
    };
    return [await eventually(Array.fromAsync(iterable)), closed];
  },
};

/** A registry and its target that know each other, in garbage that is collected. */
function registries() {
  for (let each = 0; each < 50; each++) {
    const target = {};
    const registry = new FinalizationRegistry(() => {});
    registry.register(target, registry);
    registry.of = target;
    target.in = registry;
    for (let index = 0; index < 6_000; index++) {
      const cycle = { index };
      cycle.self = cycle;
    }
  }
  return "alive";
}

export async function run(log) {
  for (const [name, loop] of Object.entries(ASYNC_LOOPS)) log(`for await: ${name}`, await steps(loop));
  for (const [name, next] of Object.entries(FAILING)) log(`for await: ${name}`, await closings(next));
  log("for await: a value that rejects", await syncClosings([Promise.reject(new Error("value"))]));
  log("for await: values", await syncClosings([1, Promise.resolve(2)]));
  const stream = Readable.from(["a", "b"]);
  for await (const chunk of stream) {
    log("for await: a stream", [chunk, stream.destroyed]);
    break;
  }
  log("for await: a stream, afterwards", stream.destroyed);
  for (const [name, helper] of Object.entries(HELPERS)) log(`helpers: ${name}`, attempt(helper));
  for (const [name, act] of Object.entries(FROM_ASYNC)) log(`fromAsync: ${name}`, await eventually(act));
  const iterator = headed();
  log("yield in the head of for-of", [
    iterator.next(),
    iterator.next([1, 2]),
    iterator.next(),
    iterator.next(),
  ]);
  const names = headedIn();
  log("yield in the head of for-in", [names.next(), names.next({ a: 1 }), names.next()]);
  const later = headedAsync();
  log("yield in the head of for await", [
    await later.next(),
    await later.next([1, 2]),
    await later.return(5),
  ]);
  log("registries", registries());
}
