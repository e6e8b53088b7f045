import type { Any } from "../../internal/any.js";
import { join } from "../blob.js";
import { type ReadableStream, streams } from "../streams.js";

/** The body of a response that is coming in: read as a whole, or as a stream once somebody asks for one. */
export class Arrival {
  readonly #source: Any;
  readonly #signal: AbortSignal | undefined;

  /** @param source a Readable of bytes */
  constructor(source: Any, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#signal = signal;
    // Heard here, because the reader may come later than the error.
    source.on("error", () => undefined);
  }

  /** All of it. Without a web stream in between, which would cost the small bodies most of their time. */
  collect(): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const pieces: Uint8Array[] = [];
      const source = this.#source;
      if (source.errored || source.destroyed) return reject(this.#reason(source.errored));
      source.on("data", (piece: Uint8Array) => pieces.push(piece));
      source.once("end", () => resolve(join(pieces)));
      source.once("error", (error: Error) => reject(this.#reason(error)));
      source.once("close", () => reject(this.#reason(undefined)));
    });
  }

  open(): ReadableStream<Uint8Array> {
    const source = this.#source;
    return new (streams().ReadableStream)({
      type: "bytes",
      start: (controller: Any) => {
        let isOver = false;
        const fail = (error?: Error): void => {
          if (isOver) return;
          isOver = true;
          controller.error(this.#reason(error));
        };
        source.pause();
        source.on("data", (piece: Uint8Array) => {
          // Copied: a byte stream takes the whole buffer over, and others may look at the same one.
          controller.enqueue(new Uint8Array(piece));
          if (controller.desiredSize <= 0) source.pause();
        });
        source.once("end", () => {
          if (isOver) return;
          isOver = true;
          controller.close();
          controller.byobRequest?.respond(0);
        });
        source.once("error", fail);
        source.once("close", () => fail());
        if (source.destroyed) fail(source.errored);
      },
      pull: () => void source.resume(),
      cancel: (reason: unknown) => void source.destroy(reason instanceof Error ? reason : undefined),
    } as Any);
  }

  #reason(error: unknown): unknown {
    if (this.#signal?.aborted) return this.#signal.reason;
    return new TypeError("terminated", { cause: error });
  }
}
