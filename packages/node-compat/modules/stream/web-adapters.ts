import type { Any } from "../internal/any.js";
import { AbortError, invalidArgType } from "../internal/errors.js";
import { Buffer } from "../buffer/buffer.js";
import { streams } from "../web/streams.js";

/** `Readable.toWeb`, `fromWeb` and so on: between Node's streams and the platform's. */
export function addWebAdapters({ Readable, Writable, Duplex, finished, isDisturbed }: Any): void {
  const writableSide = (stream: Any): Any => writableSink(stream, finished);
  Object.assign(Readable, {
    toWeb: (stream: Any, options?: Any) => readableToWeb(stream, options, finished),
    fromWeb: (stream: Any, options?: Any) => readableFromWeb(stream, options, Readable),
    isDisturbed,
  });
  Object.assign(Writable, {
    toWeb: (stream: Any) => new (streams().WritableStream)(writableSide(stream)),
    fromWeb: (stream: Any, options?: Any) => writableFromWeb(stream, options, Writable),
  });
  Object.assign(Duplex, {
    toWeb: (stream: Any) => ({
      readable: readableToWeb(stream, undefined, finished),
      writable: new (streams().WritableStream)(writableSide(stream)),
    }),
    fromWeb: (pair: Any, options?: Any) => duplexFromWeb(pair, options, Duplex),
  });
}

function readableToWeb(stream: Any, options: Any, finished: Any): ReadableStream {
  if (typeof stream?._readableState !== "object")
    throw invalidArgType("streamReadable", "stream.Readable", stream);
  const isObjects = stream.readableObjectMode;
  const highWaterMark = stream.readableHighWaterMark;
  const strategy =
    options?.strategy ??
    (isObjects ? { highWaterMark } : { highWaterMark, size: (chunk: Any) => chunk.byteLength });
  let isCancelled = false;
  return new (streams().ReadableStream)(
    {
      start(controller) {
        stream.pause();
        stream.on("data", (chunk: Any) => {
          // Bytes are handed over as they are for everybody else: not as a buffer, and not shared with Node's side.
          controller.enqueue(Buffer.isBuffer(chunk) && !isObjects ? new Uint8Array(chunk) : chunk);
          if ((controller.desiredSize ?? 0) <= 0) stream.pause();
        });
        const stop = finished(stream, (error: Any) => {
          stop();
          stream.on("error", () => undefined);
          if (error && error.code === "ERR_STREAM_PREMATURE_CLOSE")
            error = new AbortError(undefined, { cause: error });
          if (isCancelled) return;
          if (error) controller.error(error);
          else controller.close();
        });
        stream.pause();
      },
      pull() {
        stream.resume();
      },
      cancel(reason) {
        isCancelled = true;
        stream.destroy(reason);
      },
    },
    strategy,
  );
}

function readableFromWeb(stream: Any, options: Any, Readable: Any): Any {
  if (typeof stream?.getReader !== "function")
    throw invalidArgType("readableStream", "ReadableStream", stream);
  const reader = stream.getReader();
  let isClosed = false;
  const readable = new Readable({
    ...options,
    read() {
      reader.read().then(
        ({ done, value }: Any) => readable.push(done ? null : value),
        (error: unknown) => readable.destroy(error),
      );
    },
    destroy(error: unknown, callback: (error: unknown) => void) {
      const done = () => callback(error);
      if (isClosed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(
    () => (isClosed = true),
    (error: unknown) => {
      isClosed = true;
      readable.destroy(error);
    },
  );
  return readable;
}

function writableSink(stream: Any, finished: Any): Any {
  if (typeof stream?._writableState !== "object")
    throw invalidArgType("streamWritable", "stream.Writable", stream);
  let drained: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  let controller: WritableStreamDefaultController | undefined;
  stream.on("drain", () => {
    drained?.resolve();
    drained = undefined;
  });
  const stop = finished(stream, (error: unknown) => {
    stop();
    stream.on("error", () => undefined);
    if (!error) return;
    drained?.reject(error);
    controller?.error(error);
  });
  return {
    start(given: Any) {
      controller = given;
    },
    write(chunk: Any) {
      if (!stream.write(chunk)) {
        return new Promise<void>((resolve, reject) => {
          drained = { resolve, reject };
        });
      }
      return undefined;
    },
    close: () =>
      new Promise<void>((resolve, reject) => {
        stream.once("error", reject);
        stream.end(() => resolve());
      }),
    abort: (reason: unknown) => void stream.destroy(reason),
  };
}

type Done = (error?: unknown) => void;

function writerMethods(stream: Any): Any {
  const writer = stream.getWriter();
  return {
    write(chunk: Any, _encoding: string, callback: Done) {
      writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback);
    },
    final(callback: Done) {
      writer.close().then(() => callback(), callback);
    },
    destroyWriter(error: unknown): Promise<void> {
      return (error ? writer.abort(error) : writer.close()).catch(() => undefined);
    },
  };
}

function writableFromWeb(stream: Any, options: Any, Writable: Any): Any {
  if (typeof stream?.getWriter !== "function")
    throw invalidArgType("writableStream", "WritableStream", stream);
  const { write, final, destroyWriter } = writerMethods(stream);
  return new Writable({
    ...options,
    write,
    final,
    destroy(error: unknown, callback: Done) {
      destroyWriter(error).then(() => callback(error));
    },
  });
}

function duplexFromWeb(pair: Any, options: Any, Duplex: Any): Any {
  const { write, final, destroyWriter } = writerMethods(pair.writable);
  const reader = pair.readable.getReader();
  const duplex = new Duplex({
    ...options,
    write,
    final,
    read() {
      reader.read().then(
        ({ done, value }: Any) => duplex.push(done ? null : value),
        (error: unknown) => duplex.destroy(error),
      );
    },
    destroy(error: unknown, callback: Done) {
      Promise.allSettled([destroyWriter(error), reader.cancel(error)]).then(() => callback(error));
    },
  });
  return duplex;
}
