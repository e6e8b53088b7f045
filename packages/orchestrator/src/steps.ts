/** Told of a build's steps as they run. */
export interface StepListener {
  started(step: string): void;
  /** @param milliseconds how long the step took
   *  @param detail one short phrase about what it made */
  finished(step: string, milliseconds: number, detail: string): void;
  failed(step: string): void;
  warned(message: string): void;
}

/** Runs steps in order, tells the listener, and keeps how long each took. */
export class Steps {
  /** Milliseconds by step, in the order they ran. */
  readonly durations: Record<string, number> = {};

  /** @param signal no step starts any more once it is aborted */
  constructor(
    private readonly listener: StepListener,
    private readonly signal: AbortSignal,
  ) {}

  async run<T>(step: string, work: () => Promise<T>, detail: (result: T) => string): Promise<T> {
    this.signal.throwIfAborted();
    this.listener.started(step);
    const start = performance.now();
    try {
      const result = await work();
      this.signal.throwIfAborted();
      const milliseconds = Math.round(performance.now() - start);
      this.durations[step] = milliseconds;
      this.listener.finished(step, milliseconds, detail(result));
      return result;
    } catch (error) {
      this.listener.failed(step);
      throw error;
    }
  }

  warn(message: string): void {
    this.listener.warned(message);
  }
}

/**
 * Waits for two lines of work that run side by side. When one fails the other is let end first, since it may still
 * write to the folder that is cleaned up next; the first line's error comes before the second's.
 */
export async function sideBySide<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
