let cached: string | undefined;
let until = 0;

/** The time for a Date header: made once a second, as it says no more than that. */
export function utcDate(): string {
  const now = Date.now();
  if (cached === undefined || now >= until) {
    cached = new Date(now).toUTCString();
    until = now - (now % 1000) + 1000;
  }
  return cached;
}
