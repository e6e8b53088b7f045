import { TextDecoder, TextEncoder } from "./text-coding.js";
import { TransformStream } from "./streams.js";
import type { Any } from "../internal/any.js";

/** What both kinds of text stream are: a transform that somebody else named. */
class TextStream {
  readonly #transform: Any;

  protected constructor(transform: Any) {
    this.#transform = transform;
  }

  get readable(): Any {
    return this.#transform.readable;
  }

  get writable(): Any {
    return this.#transform.writable;
  }
}

/** Text in, UTF-8 out. */
export class TextEncoderStream extends TextStream {
  constructor() {
    const encoder = new TextEncoder();
    // A character may come in two halves.
    let high = "";
    super(
      new TransformStream({
        transform(chunk: unknown, controller: Any) {
          const text = high + String(chunk);
          const last = text.charCodeAt(text.length - 1);
          high = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : "";
          const whole = high === "" ? text : text.slice(0, -1);
          if (whole !== "") controller.enqueue(encoder.encode(whole));
        },
        flush(controller: Any) {
          if (high !== "") controller.enqueue(encoder.encode(high));
        },
      }),
    );
  }

  get encoding(): string {
    return "utf-8";
  }

  get [Symbol.toStringTag](): string {
    return "TextEncoderStream";
  }
}

/** Bytes in, text out. */
export class TextDecoderStream extends TextStream {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(label = "utf-8", options: Any = {}) {
    const decoder = new TextDecoder(label, options);
    super(
      new TransformStream({
        transform(chunk: Any, controller: Any) {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== "") controller.enqueue(text);
        },
        flush(controller: Any) {
          const text = decoder.decode();
          if (text !== "") controller.enqueue(text);
        },
      }),
    );
    this.#decoder = decoder;
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

  get [Symbol.toStringTag](): string {
    return "TextDecoderStream";
  }
}
