// The streams of the web platform that pass chunks on, by their global names.

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

/** What is read is in its order; of what settles at the same time, the order is the engine's. */
export async function run(log) {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const lines = [];
    await scenario(lines);
    await tick();
    const isRead = (line) => line.startsWith("read ");
    log(name, ...lines.filter(isRead), ...lines.filter((line) => !isRead(line)).sort());
  }
}
