import { writeDescriptor } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import { nextTick } from "./ticks.js";

/** Makes process.stdout and its siblings: in part until the app brings `stream`, which then makes them whole. */
export const standard: { make: ((descriptor: 0 | 1 | 2) => Any) | undefined } = { make: undefined };

const made: Any[] = [];

export function standardStream(descriptor: 0 | 1 | 2): Any {
  if (standard.make === undefined) return (made[descriptor + 3] ??= plainStream(descriptor));
  return (made[descriptor] ??= standard.make(descriptor));
}

/** What loggers without streams use. Nothing in it can fail, so nobody hears from it. */
function plainStream(fd: 0 | 1 | 2): Any {
  const stream = {
    fd,
    isTTY: undefined,
    writable: fd !== 0,
    readable: fd === 0,
    destroyed: false,
    writableLength: 0,
    write(chunk: Any, encoding?: Any, callback?: AnyFunction) {
      writeDescriptor(fd as 1, typeof chunk === "string" ? chunk : (chunk as Uint8Array));
      const done = typeof encoding === "function" ? encoding : callback;
      if (done) nextTick(done);
      return true;
    },
    end(chunk?: Any) {
      if (chunk !== undefined && typeof chunk !== "function") this.write(chunk);
      return this;
    },
    cork() {},
    uncork() {},
    destroy() {
      return this;
    },
    emit: () => false,
    listenerCount: () => 0,
    getColorDepth: () => 1,
    hasColors: () => false,
  } as Any;
  for (const name of [
    "on",
    "once",
    "off",
    "addListener",
    "removeListener",
    "prependListener",
    "setEncoding",
    "resume",
  ]) {
    stream[name] = () => stream;
  }
  return stream;
}
