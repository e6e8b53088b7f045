import type { Any } from "../internal/any.js";

const LONGEST = 2 ** 31 - 1;

/** Fires when nothing has happened for a time. It keeps no request waiting. */
export class IdleTimer {
  /** Milliseconds; 0 is never. */
  #delay = 0;
  #timer: Any;
  readonly #idle: () => void;

  constructor(idle: () => void) {
    this.#idle = idle;
  }

  set(delay: number): void {
    this.stop();
    this.#delay = delay;
    this.touch();
  }

  /** Something happened: the time starts again. */
  touch(): void {
    if (this.#timer !== undefined) this.#timer.refresh();
    else if (this.#delay > 0) this.#start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#delay = 0;
  }

  #start(): void {
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#idle();
      },
      Math.min(this.#delay, LONGEST),
    );
    this.#timer.unref();
  }
}
