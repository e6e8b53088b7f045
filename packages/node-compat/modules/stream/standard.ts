import { writeDescriptor } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import { standard } from "../process/streams.js";
import { Buffer } from "../buffer/buffer.js";

/**
 * From here on process.stdout and its siblings are streams. Takes process itself, because the streams that this is called
 * for need Node's ticks: a module that nobody names is not in the bundle.
 */
export function addStandardStreams({ Readable, Writable }: Any, node: Any): void {
  if (node === undefined) return;
  standard.make = (fd) => {
    if (fd === 0) {
      const stdin = Object.assign(new Readable({ read() {} }), { fd });
      stdin.push(null);
      return stdin;
    }
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: Any, encoding: Any, callback: AnyFunction) {
        try {
          const isUtf8 =
            typeof chunk !== "string" || encoding === "utf8" || encoding === "utf-8" || encoding === "buffer";
          writeDescriptor(fd, isUtf8 ? chunk : Buffer.from(chunk, encoding));
          callback();
        } catch (error) {
          callback(error);
        }
      },
    });
    // As in Node, these are never closed: a logger that ends its stream must not silence the others.
    stream.destroy = stream._destroy = function (this: Any, error: unknown, callback?: AnyFunction) {
      callback?.(error);
      return this;
    };
    return Object.assign(stream, { fd, _type: "pipe", _isStdio: true, destroySoon: stream.destroy });
  };
}
