import { Readable, Writable } from "node:stream";

// The streams of the web platform, by their global names.

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
const text = (value) =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString("hex")
    : value instanceof Error
      ? `${value.name}: ${value.message}`
      : String(value);

function from(chunks) {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(stream, log) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      log.push(`read ${text(next.value)}`);
    log.push("done");
  } catch (error) {
    log.push(`failed ${text(error)}`);
  }
}

const settled = (promise, name, log) =>
  void promise.then(
    () => log.push(`${name} fulfilled`),
    (error) => log.push(`${name} rejected ${text(error)}`),
  );

const scenarios = {
  "passes chunks on without a transformer": (log) =>
    read(from([1, 2, 3]).pipeThrough(new TransformStream()), log),
  "transforms, flushes and closes": (log) => {
    const stream = new TransformStream({
      start: (controller) => controller.enqueue("start"),
      transform: (chunk, controller) => {
        controller.enqueue(chunk * 2);
        controller.enqueue(chunk * 3);
      },
      flush: async (controller) => {
        await tick();
        controller.enqueue("end");
      },
    });
    return read(from([1, 2]).pipeThrough(stream), log);
  },
  "waits for room before it transforms": async (log) => {
    const stream = new TransformStream({
      transform: (chunk, controller) => (log.push(`transform ${chunk}`), controller.enqueue(chunk)),
    });
    const writer = stream.writable.getWriter();
    log.push(`wants ${writer.desiredSize}`);
    settled(writer.write("a"), "a", log);
    settled(writer.write("b"), "b", log);
    await tick();
    log.push(`wants ${writer.desiredSize}`);
    const reader = stream.readable.getReader();
    log.push(`read ${(await reader.read()).value}`);
    await tick();
    log.push(`read ${(await reader.read()).value}`);
    settled(writer.close(), "close", log);
    await tick();
    log.push(`done ${(await reader.read()).done}`);
  },
  "obeys its strategies": async (log) => {
    const stream = new TransformStream({}, { highWaterMark: 3 }, { highWaterMark: 2 });
    const writer = stream.writable.getWriter();
    log.push(`wants ${writer.desiredSize}`);
    for (const chunk of ["a", "b", "c"]) settled(writer.write(chunk), chunk, log);
    await tick();
    log.push(`wants ${writer.desiredSize}`);
  },
  "fails on both sides when a transform throws": async (log) => {
    const stream = new TransformStream({
      transform() {
        throw new RangeError("no");
      },
    });
    const writer = stream.writable.getWriter();
    settled(writer.closed, "closed", log);
    settled(writer.write("a"), "write", log);
    await read(stream.readable, log);
    await tick();
    settled(writer.write("b"), "next write", log);
    await tick();
  },
  "fails when start rejects": async (log) => {
    const stream = new TransformStream({ start: () => Promise.reject(new Error("no start")) });
    await read(stream.readable, log);
    settled(stream.writable.getWriter().write("a"), "write", log);
    await tick();
  },
  "fails when flush rejects": async (log) => {
    const stream = new TransformStream({ flush: () => Promise.reject(new Error("no flush")) });
    settled(stream.writable.getWriter().close(), "close", log);
    await read(stream.readable, log);
  },
  "ends early when it is terminated": async (log) => {
    const stream = new TransformStream({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        controller.terminate();
      },
    });
    const writer = stream.writable.getWriter();
    settled(writer.write("a"), "a", log);
    await read(stream.readable, log);
    settled(writer.write("b"), "b", log);
    await tick();
  },
  "errors both sides by its controller": async (log) => {
    const stream = new TransformStream({ start: (controller) => controller.error(new Error("own")) });
    settled(stream.writable.getWriter().closed, "closed", log);
    await read(stream.readable, log);
  },
  "lets the writer know that the reader cancelled": async (log) => {
    const stream = new TransformStream();
    const writer = stream.writable.getWriter();
    settled(writer.closed, "closed", log);
    settled(writer.write("a"), "a", log);
    settled(stream.readable.cancel(new Error("enough")), "cancel", log);
    await tick();
    settled(writer.write("b"), "b", log);
    await tick();
  },
  "lets the reader know that the writer aborted": async (log) => {
    const stream = new TransformStream();
    settled(stream.writable.getWriter().abort(new Error("broken")), "abort", log);
    await read(stream.readable, log);
  },
  "refuses types": async (log) => {
    for (const transformer of [{ readableType: "bytes" }, { writableType: "bytes" }]) {
      try {
        new TransformStream(transformer);
      } catch (error) {
        log.push(error.name);
      }
    }
  },
  "encodes text, also a pair that is cut": (log) =>
    read(
      from(["a\ud83d", "\ude00b", "", "\ud800", "x", "\udc00", "☃\ud83d"]).pipeThrough(
        new TextEncoderStream(),
      ),
      log,
    ),
  "decodes bytes, also a character that is cut": (log) => {
    const bytes = Buffer.from("ä☃😀z");
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
    return read(from(chunks).pipeThrough(new TextDecoderStream()), log);
  },
  "decodes what ends within a character": (log) =>
    read(from([Uint8Array.of(0x61, 0xe2, 0x98)]).pipeThrough(new TextDecoderStream()), log),
  "tells what it decodes": async (log) => {
    const stream = new TextDecoderStream("utf-8", { fatal: true, ignoreBOM: true });
    log.push(stream.encoding, `${stream.fatal} ${stream.ignoreBOM}`, new TextEncoderStream().encoding);
  },
  "fails for what is not UTF-8, when it is to": (log) => {
    const fatal = new TextDecoderStream("utf-8", { fatal: true });
    const quiet = [];
    return read(from([Uint8Array.of(0xff)]).pipeThrough(fatal), quiet).then(() =>
      log.push(quiet[0].slice(0, 17)),
    );
  },
  "reads with for await, and cancels what is left": async (log) => {
    for await (const chunk of from([1, 2])) log.push(`read ${chunk}`);
    const rest = new ReadableStream({
      pull: (controller) => controller.enqueue("x"),
      cancel: (reason) => log.push(`cancelled ${reason}`),
    });
    for await (const chunk of rest) {
      log.push(`read ${chunk}`);
      break;
    }
    log.push(`locked ${rest.locked}`);
    for await (const chunk of rest.values({ preventCancel: true })) log.push(`never ${chunk}`);
  },
  "makes a stream of an iterable": async (log) => {
    await read(ReadableStream.from(["a", Promise.resolve("b")]), log);
    async function* some() {
      try {
        yield 1;
        yield 2;
      } finally {
        log.push("finally");
      }
    }
    const stream = ReadableStream.from(some());
    const reader = stream.getReader();
    log.push(`read ${(await reader.read()).value}`);
    await reader.cancel("enough");
  },
  tees: async (log) => {
    const [one, other] = from(["a", "b"]).tee();
    await Promise.all([read(one, log), read(other, log)]);
    const [left, right] = new ReadableStream({ cancel: (reasons) => log.push(`cancelled ${reasons}`) }).tee();
    settled(left.cancel("l"), "left", log);
    await tick();
    settled(right.cancel("r"), "right", log);
    await tick();
  },
  "fills buffers of the reader's own": async (log) => {
    const stream = new ReadableStream({
      type: "bytes",
      pull(controller) {
        const { byobRequest } = controller;
        log.push(`asked for ${byobRequest?.view.byteLength ?? "no buffer"}`);
        if (byobRequest) {
          byobRequest.view[0] = 7;
          byobRequest.respond(1);
        } else controller.enqueue(Uint8Array.of(1, 2, 3));
      },
    });
    const reader = stream.getReader({ mode: "byob" });
    const given = new Uint8Array(4);
    const { value, done } = await reader.read(given);
    log.push(`read ${text(value)}`, `${done} ${value.buffer.byteLength} ${given.byteLength}`);
    const more = await reader.read(new Uint8Array(8), { min: 3 });
    log.push(`read ${text(more.value)}`);
    reader.releaseLock();
    log.push(`read ${text((await stream.getReader().read()).value)}`);
  },
  "gives a reader's buffer back when it closes": async (log) => {
    let controller;
    const stream = new ReadableStream({ type: "bytes", start: (given) => (controller = given) });
    const reader = stream.getReader({ mode: "byob" });
    const reading = reader.read(new Uint8Array(5));
    controller.close();
    controller.byobRequest.respond(0);
    const { value, done } = await reading;
    log.push(`${done} ${value.byteLength} ${value.buffer.byteLength}`);
    settled(reader.closed, "closed", log);
    await tick();
  },
  "allocates for a reader that brings no buffer": async (log) => {
    const stream = new ReadableStream({
      type: "bytes",
      autoAllocateChunkSize: 6,
      pull({ byobRequest }) {
        byobRequest.view.set([9, 8]);
        byobRequest.respond(2);
      },
    });
    log.push(`read ${text((await stream.getReader().read()).value)}`);
  },
  "pulls as its strategy says": async (log) => {
    let count = 0;
    const stream = new ReadableStream(
      { pull: (controller) => (log.push(`pull ${controller.desiredSize}`), controller.enqueue(++count)) },
      new CountQueuingStrategy({ highWaterMark: 3 }),
    );
    await tick();
    const reader = stream.getReader();
    log.push(`read ${(await reader.read()).value}`);
    await tick();
    const bytes = new ReadableStream(
      {
        start: (controller) => (
          controller.enqueue(Uint8Array.of(1, 2)),
          log.push(`wants ${controller.desiredSize}`)
        ),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 5 }),
    );
    log.push(`locked ${bytes.locked}`);
  },
  "settles reads, closings and the closed promise in order": async (log) => {
    let controller;
    const stream = new ReadableStream({ start: (given) => (controller = given) });
    const reader = stream.getReader();
    settled(reader.closed, "closed", log);
    settled(reader.read(), "first", log);
    settled(reader.read(), "second", log);
    controller.enqueue(1);
    controller.close();
    Promise.resolve()
      .then(() => log.push("one turn"))
      .then(() => log.push("two turns"))
      .then(() => log.push("three turns"));
    await tick();
  },
  "settles writes, ready and closed in order": async (log) => {
    const stream = new WritableStream({
      write: (chunk) => void log.push(`write ${chunk}`),
      close: () => void log.push("close"),
    });
    const writer = stream.getWriter();
    settled(writer.ready, "ready", log);
    settled(writer.write(1), "first", log);
    settled(writer.ready, "ready again", log);
    settled(writer.write(2), "second", log);
    settled(writer.close(), "closing", log);
    settled(writer.closed, "closed", log);
    let turns = 0;
    const count = () => {
      log.push(`turn ${++turns}`);
      if (turns < 12) Promise.resolve().then(count);
    };
    Promise.resolve().then(count);
    await tick();
  },
  "aborts a write under way": async (log) => {
    const stream = new WritableStream({
      async write(chunk, controller) {
        controller.signal.addEventListener("abort", () => log.push(`signalled ${controller.signal.reason}`));
        await tick();
        log.push(`written ${chunk}`);
      },
      abort: (reason) => void log.push(`aborted ${reason}`),
    });
    const writer = stream.getWriter();
    settled(writer.write(1), "write", log);
    settled(writer.closed, "closed", log);
    await Promise.resolve();
    await writer.abort("stop");
    await tick();
  },
  "pipes with its options": async (log) => {
    const sink = () =>
      new WritableStream({
        write: (chunk) => void log.push(`write ${chunk}`),
        close: () => void log.push("close"),
        abort: (reason) => void log.push(`abort ${reason}`),
      });
    await from(["a"]).pipeTo(sink());
    await from(["a"]).pipeTo(sink(), { preventClose: true });
    const failing = () => new ReadableStream({ start: (controller) => controller.error("broken") });
    await failing()
      .pipeTo(sink())
      .catch((error) => log.push(`rejected ${error}`));
    await failing()
      .pipeTo(sink(), { preventAbort: true })
      .catch((error) => log.push(`rejected ${error}`));
    const abort = new AbortController();
    const never = new ReadableStream({ cancel: (reason) => log.push(`cancel ${reason}`) });
    const piping = never.pipeTo(sink(), { signal: abort.signal });
    abort.abort("signal");
    await piping.catch((error) => log.push(`rejected ${error}`));
  },
  "releases locks with reads under way": async (log) => {
    const stream = new ReadableStream();
    const reader = stream.getReader();
    reader.read().catch((error) => log.push(error.name));
    reader.releaseLock();
    reader.closed.catch((error) => log.push(`closed ${error.name}`));
    await tick();
    log.push(`locked ${stream.locked}`);
  },
  "turns Node's streams and its own into one another": async (log) => {
    await read(
      Readable.toWeb(Readable.from([Buffer.from("ab"), Buffer.from("c")], { objectMode: false })),
      log,
    );
    for await (const chunk of Readable.fromWeb(from(["x", "y"]))) log.push(`read ${chunk}`);
    const written = [];
    const writer = Writable.toWeb(
      new Writable({ write: (chunk, _, callback) => (written.push(String(chunk)), callback()) }),
    ).getWriter();
    await writer.write(Buffer.from("one"));
    await writer.close();
    log.push(written.join());
    log.push(
      Readable.isDisturbed(from([])),
      (await Readable.fromWeb(from([1, 2]), { objectMode: true }).toArray()).join(),
    );
  },
  compresses: async (log) => {
    for (const format of ["gzip", "deflate", "deflate-raw"]) {
      const back = from([Buffer.from("text ".repeat(50))])
        .pipeThrough(new CompressionStream(format))
        .pipeThrough(new DecompressionStream(format))
        .pipeThrough(new TextDecoderStream());
      let all = "";
      for await (const chunk of back) all += chunk;
      log.push(`${format} ${all.length}`);
    }
  },
  "pipes on and on": async (log) => {
    const upper = new TransformStream({
      transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()),
    });
    const all = from(["grüße ", "☃"])
      .pipeThrough(upper)
      .pipeThrough(new TextEncoderStream())
      .pipeThrough(new TextDecoderStream());
    await read(all, log);
  },
};

/** All in the order in which it came about. */
export async function run(log) {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const lines = [];
    await scenario(lines);
    await tick();
    log(name, ...lines);
  }
}
