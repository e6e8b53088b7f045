/** What a promise gives, unless `milliseconds` pass first: then it rejects with what `otherwise` makes. */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
  otherwise: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(otherwise()), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * What a promise gives, unless the signal is aborted first: then it rejects with the signal's reason.
 * The client's requests need it: one whose connection breaks in the middle of the answer never ends.
 */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  // The loser of the race must not count as an unhandled rejection.
  promise.catch(() => {});
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", stop!));
}
