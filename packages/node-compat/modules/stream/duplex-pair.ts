import { Duplex } from "../stream.js";
import type { Any, AnyFunction } from "../internal/any.js";
import process from "../process/node-process.js";

/** Two streams, each of which reads what is written to the other. */
export function duplexPair(options?: Any): [Any, Any] {
  const halves: Any[] = [];
  const waiting: (AnyFunction | undefined)[] = [];
  const make = (own: 0 | 1) =>
    new Duplex({
      ...options,
      read() {
        const callback = waiting[own];
        waiting[own] = undefined;
        callback?.();
      },
      write(chunk: Any, _encoding: string, callback: AnyFunction) {
        if (chunk.length === 0) process.nextTick(callback);
        else {
          halves[1 - own].push(chunk);
          waiting[1 - own] = callback;
        }
      },
      final(callback: AnyFunction) {
        halves[1 - own].on("end", callback);
        halves[1 - own].push(null);
      },
    });
  halves.push(make(0), make(1));
  return halves as [Any, Any];
}

export function addDuplexPair(stream: Any): void {
  stream.duplexPair = duplexPair;
  stream._isArrayBufferView = ArrayBuffer.isView;
}
