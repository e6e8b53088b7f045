import { EventEmitter, once } from "node:events";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

/** Enough objects for some collections, of which the last ones stay. */
let kept = [];
function fill() {
  for (let turn = 0; turn < 3; turn++) kept = Array.from({ length: 60_000 }, (_, id) => ({ id, turn }));
}

async function fromTimer() {
  let resume;
  setTimeout(() => {
    fill();
    resume("resumed");
  }, 1);
  return await new Promise((settle) => {
    resume = settle;
  });
}

async function fromEvent() {
  const bus = new EventEmitter();
  async function next(name) {
    let resolve;
    bus.once(name, (value) => resolve(value));
    return await new Promise((settle) => {
      resolve = settle;
    });
  }
  const waiting = next("loaded");
  setTimeout(() => {
    fill();
    bus.emit("loaded", kept.length);
  }, 1);
  return await waiting;
}

async function fromGenerator() {
  async function* pages() {
    let page = 0;
    const read = () => page;
    while (page < 3) {
      yield read;
      await wait(1);
      fill();
      page += 1;
    }
  }
  const seen = [];
  for await (const read of pages()) seen.push(read());
  return seen;
}

async function fromStream() {
  const stream = Readable.from(
    (async function* () {
      const rows = [];
      for (let row = 0; row < 3; row++) {
        rows.push(row);
        fill();
        yield rows.map((each) => each);
      }
    })(),
  );
  const seen = [];
  stream.on("data", (rows) => seen.push(rows.length));
  await once(stream, "end");
  return seen;
}

async function afterFailure() {
  let fail;
  try {
    setTimeout(() => {
      fill();
      fail(new Error("failed"));
    }, 1);
    await new Promise((_, reject) => {
      fail = reject;
    });
  } catch (error) {
    const message = () => error.message;
    await wait(1);
    fill();
    return message();
  }
}

/** Functions that wait while garbage is collected go on with their variables. */
export async function run(log) {
  for (const resumed of [fromTimer, fromEvent, fromGenerator, fromStream, afterFailure]) {
    for (let time = 1; time <= 3; time++) log(`${resumed.name} ${time}`, JSON.stringify(await resumed()));
  }
}
