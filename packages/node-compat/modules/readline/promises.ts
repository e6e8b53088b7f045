import { AbortError } from "../internal/errors.js";
import type { Any } from "../internal/any.js";
import { Interface as CallbackInterface } from "../readline.js";

/** A line interface whose questions are answered by promises. */
export function Interface(this: Any, input: Any, output?: Any): void {
  CallbackInterface.call(this, input, output);
}

Object.setPrototypeOf(Interface.prototype, CallbackInterface.prototype);
Object.setPrototypeOf(Interface, CallbackInterface);

Interface.prototype.question = function (
  this: Any,
  query: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new AbortError(undefined, { cause: signal.reason }));
      return;
    }
    signal?.addEventListener("abort", () => reject(new AbortError(undefined, { cause: signal.reason })), {
      once: true,
    });
    CallbackInterface.prototype.question.call(this, query, resolve);
  });
};

export function createInterface(input: Any, output?: Any): Any {
  return new (Interface as Any)(input, output);
}

/** Collects changes of the screen, and writes them when they are committed. */
export class Readline {
  readonly #stream: Any;
  #text = "";

  constructor(stream: Any) {
    this.#stream = stream;
  }
  #add(text: string): this {
    this.#text += text;
    return this;
  }
  clearLine(direction: number): this {
    return this.#add(`\u001b[${direction < 0 ? "1" : direction > 0 ? "0" : "2"}K`);
  }
  clearScreenDown(): this {
    return this.#add("\u001b[0J");
  }
  cursorTo(x: number, y?: number): this {
    return this.#add(y === undefined ? `\u001b[${x + 1}G` : `\u001b[${y + 1};${x + 1}H`);
  }
  moveCursor(dx: number, dy: number): this {
    const sideways = dx < 0 ? `\u001b[${-dx}D` : dx > 0 ? `\u001b[${dx}C` : "";
    return this.#add(sideways + (dy < 0 ? `\u001b[${-dy}A` : dy > 0 ? `\u001b[${dy}B` : ""));
  }
  commit(): Promise<void> {
    return new Promise((resolve) => {
      this.#stream.write(this.#text, () => resolve());
      this.#text = "";
    });
  }
  rollback(): this {
    this.#text = "";
    return this;
  }
}

export default { Interface, Readline, createInterface };
