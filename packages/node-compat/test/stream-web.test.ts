import * as node from "node:stream/web";
import { describe, expect, it } from "vitest";
import * as ours from "../modules/stream/web.js";

type Web = Pick<typeof node, "TransformStream" | "TextDecoderStream" | "TextEncoderStream">;

/** What happened, in the order in which it did. */
type Log = string[];

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const text = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString("hex")
    : value instanceof Error
      ? `${value.name}: ${value.message}`
      : String(value);

function from(chunks: readonly unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(stream: ReadableStream, log: Log): Promise<void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      log.push(`read ${text(next.value)}`);
    log.push("done");
  } catch (error) {
    log.push(`failed ${text(error)}`);
  }
}

const settled = (promise: Promise<unknown>, name: string, log: Log): void =>
  void promise.then(
    () => log.push(`${name} fulfilled`),
    (error: unknown) => log.push(`${name} rejected ${text(error)}`),
  );

const scenarios: Record<string, (web: Web, log: Log) => Promise<unknown>> = {
  "passes chunks on without a transformer": ({ TransformStream }, log) =>
    read(from([1, 2, 3]).pipeThrough(new TransformStream() as never), log),
  "transforms, flushes and closes": ({ TransformStream }, log) => {
    const stream = new TransformStream({
      start: (controller) => controller.enqueue("start"),
      transform: (chunk: number, controller) => {
        controller.enqueue(chunk * 2);
        controller.enqueue(chunk * 3);
      },
      flush: async (controller) => {
        await tick();
        controller.enqueue("end");
      },
    });
    return read(from([1, 2]).pipeThrough(stream as never), log);
  },
  "waits for room before it transforms": async ({ TransformStream }, log) => {
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
  "obeys its strategies": async ({ TransformStream }, log) => {
    const stream = new TransformStream({}, { highWaterMark: 3 }, { highWaterMark: 2 });
    const writer = stream.writable.getWriter();
    log.push(`wants ${writer.desiredSize}`);
    for (const chunk of ["a", "b", "c"]) settled(writer.write(chunk), chunk, log);
    await tick();
    log.push(`wants ${writer.desiredSize}`);
  },
  "fails on both sides when a transform throws": async ({ TransformStream }, log) => {
    const stream = new TransformStream({
      transform() {
        throw new RangeError("no");
      },
    });
    const writer = stream.writable.getWriter();
    settled(writer.closed, "closed", log);
    settled(writer.write("a"), "write", log);
    await read(stream.readable as never, log);
    await tick();
    settled(writer.write("b"), "next write", log);
    await tick();
  },
  "fails when start rejects": async ({ TransformStream }, log) => {
    const stream = new TransformStream({ start: () => Promise.reject(new Error("no start")) });
    await read(stream.readable as never, log);
    settled(stream.writable.getWriter().write("a"), "write", log);
    await tick();
  },
  "fails when flush rejects": async ({ TransformStream }, log) => {
    const stream = new TransformStream({ flush: () => Promise.reject(new Error("no flush")) });
    settled(stream.writable.getWriter().close(), "close", log);
    await read(stream.readable as never, log);
  },
  "ends early when it is terminated": async ({ TransformStream }, log) => {
    const stream = new TransformStream({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        controller.terminate();
      },
    });
    const writer = stream.writable.getWriter();
    settled(writer.write("a"), "a", log);
    await read(stream.readable as never, log);
    settled(writer.write("b"), "b", log);
    await tick();
  },
  "errors both sides by its controller": async ({ TransformStream }, log) => {
    const stream = new TransformStream({ start: (controller) => controller.error(new Error("own")) });
    settled(stream.writable.getWriter().closed, "closed", log);
    await read(stream.readable as never, log);
  },
  "lets the writer know that the reader cancelled": async ({ TransformStream }, log) => {
    const stream = new TransformStream();
    const writer = stream.writable.getWriter();
    settled(writer.closed, "closed", log);
    settled(writer.write("a"), "a", log);
    settled(stream.readable.cancel(new Error("enough")), "cancel", log);
    await tick();
    settled(writer.write("b"), "b", log);
    await tick();
  },
  "lets the reader know that the writer aborted": async ({ TransformStream }, log) => {
    const stream = new TransformStream();
    settled(stream.writable.getWriter().abort(new Error("broken")), "abort", log);
    await read(stream.readable as never, log);
  },
  "refuses types": async ({ TransformStream }, log) => {
    for (const transformer of [{ readableType: "bytes" }, { writableType: "bytes" }]) {
      try {
        new TransformStream(transformer as never);
      } catch (error) {
        log.push((error as Error).name);
      }
    }
  },
  "encodes text, also a pair that is cut": ({ TextEncoderStream }, log) =>
    read(
      from(["a\ud83d", "\ude00b", "", "\ud800", "x", "\udc00", "☃\ud83d"]).pipeThrough(
        new TextEncoderStream() as never,
      ),
      log,
    ),
  "decodes bytes, also a character that is cut": ({ TextDecoderStream }, log) => {
    const bytes = Buffer.from("ä☃😀z");
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
    return read(from(chunks).pipeThrough(new TextDecoderStream() as never), log);
  },
  "decodes what ends within a character": ({ TextDecoderStream }, log) =>
    read(from([Uint8Array.of(0x61, 0xe2, 0x98)]).pipeThrough(new TextDecoderStream() as never), log),
  "tells what it decodes": async ({ TextDecoderStream, TextEncoderStream }, log) => {
    const stream = new TextDecoderStream("utf-8", { fatal: true, ignoreBOM: true });
    log.push(stream.encoding, `${stream.fatal} ${stream.ignoreBOM}`, new TextEncoderStream().encoding);
  },
  "fails for what is not UTF-8, when it is to": ({ TextDecoderStream }, log) => {
    const fatal = new TextDecoderStream("utf-8", { fatal: true });
    const quiet: Log = [];
    return read(from([Uint8Array.of(0xff)]).pipeThrough(fatal as never), quiet).then(() =>
      log.push(quiet[0]!.slice(0, 17)),
    );
  },
  "pipes on and on": async ({ TransformStream, TextEncoderStream, TextDecoderStream }, log) => {
    const upper = new TransformStream<string, string>({
      transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()),
    });
    const all = from(["grüße ", "☃"])
      .pipeThrough(upper as never)
      .pipeThrough(new TextEncoderStream() as never)
      .pipeThrough(new TextDecoderStream() as never);
    await read(all, log);
  },
};

async function run(scenario: (web: Web, log: Log) => Promise<unknown>, web: Web): Promise<Log> {
  const log: Log = [];
  await scenario(web, log);
  return log;
}

describe("the web streams that the engine lacks", () => {
  it.each(Object.entries(scenarios))("as in Node: %s", async (_name, scenario) => {
    expect(await run(scenario, ours as never)).toEqual(await run(scenario, node));
  });

  it("are all there", () => {
    const lacking = ["CompressionStream", "DecompressionStream"];
    expect(Object.keys(ours).sort()).toEqual(
      Object.keys(node)
        .filter((name) => !lacking.includes(name))
        .sort(),
    );
  });
});
