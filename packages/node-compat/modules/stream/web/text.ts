import { TextDecoder, TextEncoder } from "../../web/text-coding.js";
import { TransformStream } from "../../web/stream-classes.js";

/** Encodes text as UTF-8, piece by piece: half a surrogate pair waits for its other half. */
export class TextEncoderStream {
  readonly encoding = "utf-8";
  readonly #stream: TransformStream;

  constructor() {
    const encoder = new TextEncoder();
    let half = "";
    this.#stream = new TransformStream({
      transform(chunk: unknown, controller) {
        const text = half + String(chunk);
        half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : "";
        const whole = half === "" ? text : text.slice(0, -1);
        if (whole !== "") controller.enqueue(encoder.encode(whole.toWellFormed()));
      },
      flush(controller) {
        if (half !== "") controller.enqueue(Uint8Array.of(0xef, 0xbf, 0xbd));
      },
    });
  }

  get readable(): ReadableStream {
    return this.#stream.readable;
  }

  get writable(): WritableStream {
    return this.#stream.writable;
  }
}

/** Decodes bytes piece by piece: what ends within a character waits for the next piece. */
export class TextDecoderStream {
  readonly #decoder: TextDecoder;
  readonly #stream: TransformStream;

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const decoder = new TextDecoder(label, options);
    this.#decoder = decoder;
    const give = (text: string, controller: { enqueue(chunk: string): void }): void => {
      if (text !== "") controller.enqueue(text);
    };
    this.#stream = new TransformStream({
      transform: (chunk, controller) =>
        give(decoder.decode(chunk as Uint8Array, { stream: true }), controller),
      flush: (controller) => give(decoder.decode(), controller),
    });
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }

  get fatal(): boolean {
    return this.#decoder.fatal;
  }

  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM;
  }

  get readable(): ReadableStream {
    return this.#stream.readable;
  }

  get writable(): WritableStream {
    return this.#stream.writable;
  }
}
