import { StringDecoder } from "../string_decoder.js";
import { Buffer } from "../buffer.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { AbortError, nodeError } from "../internal/errors.js";
import type { ChildProcess } from "./child.js";

interface Limits {
  readonly encoding: Any;
  readonly timeout: number;
  readonly maxBuffer: number;
  readonly killSignal: Any;
  readonly signal: Any;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly isKilled: boolean;
}

/** What a program writes, until it has ended or has written too much. */
export class Collected {
  #error: Any;
  #isKilled = false;
  #isDone = false;
  readonly #timer: Any;
  readonly #outputs: Output[];

  constructor(
    private readonly child: ChildProcess,
    private readonly limits: Limits,
    private readonly done: (error: Any, stdout: Any, stderr: Any, ended: Ended) => void,
  ) {
    const { timeout, signal } = limits;
    this.#outputs = ["stdout", "stderr"].map(
      (name) => new Output((child as Any)[name], limits, () => this.#tooMuch(name)),
    );
    if (timeout > 0) this.#timer = setTimeout(() => this.#kill(), timeout);
    child.on("close", (code: number | null, by: string | null) => this.#end(code, by));
    child.on("error", (error: unknown) => {
      this.#error = error;
      child.stdout?.destroy();
      child.stderr?.destroy();
      this.#end(null, null);
    });
    if (!signal) return;
    const abort = (): void => {
      this.#error = new AbortError(undefined, { cause: signal.reason });
      this.#kill();
    };
    if (signal.aborted) queueMicrotask(abort);
    else {
      signal.addEventListener("abort", abort, { once: true });
      child.once("close", () => signal.removeEventListener("abort", abort));
    }
  }

  #tooMuch(name: string): void {
    this.#error ??= nodeError(
      RangeError,
      "ERR_CHILD_PROCESS_STDIO_MAXBUFFER",
      `${name} maxBuffer length exceeded`,
    );
    this.#kill();
  }

  #kill(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    this.#isKilled = true;
    try {
      this.child.kill(this.limits.killSignal);
    } catch (error) {
      this.#error ??= error;
      this.#end(null, null);
    }
  }

  #end(code: number | null, signal: string | null): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    const [stdout, stderr] = this.#outputs.map((output) => output.end());
    this.done(this.#error, stdout, stderr, { code, signal, isKilled: this.#isKilled });
  }
}

class Output {
  readonly #decoder: Any;
  readonly #pieces: Any[] = [];
  #length = 0;

  constructor(stream: Any, { encoding, maxBuffer }: Limits, tooMuch: AnyFunction) {
    const isText = encoding !== "buffer" && Buffer.isEncoding(encoding);
    this.#decoder = isText ? new (StringDecoder as Any)(encoding) : undefined;
    stream?.on("data", (chunk: Any) => {
      const piece = this.#decoder ? this.#decoder.write(chunk) : chunk;
      const room = maxBuffer - this.#length;
      const length = this.#decoder ? Buffer.byteLength(piece, encoding) : piece.length;
      this.#length += length;
      if (length <= room) this.#pieces.push(piece);
      else {
        this.#pieces.push(piece.slice(0, room));
        tooMuch();
      }
    });
  }

  end(): Any {
    if (!this.#decoder) return Buffer.concat(this.#pieces);
    return this.#pieces.join("") + this.#decoder.end();
  }
}
