import { BuilderError } from "./errors.js";

export const DEFAULT_TIMEOUT_MS = 600_000;

/** A signal that is aborted with `signal`, or with LAC5015 when the time is over. */
export function withDeadline(
  signal: AbortSignal | undefined,
  milliseconds = DEFAULT_TIMEOUT_MS,
): AbortSignal {
  const late = new AbortController();
  const error = new BuilderError(
    "LAC5015",
    `The build took longer than ${milliseconds / 1000} s and was ended.`,
    {
      hint: "Give it longer with --build-timeout, or more of the machine with --cpus and --memory.",
    },
  );
  // Not AbortSignal.timeout: its reason would be an error without a code. A build that is done need not wait for it.
  setTimeout(() => late.abort(error), milliseconds).unref();
  return signal ? AbortSignal.any([signal, late.signal]) : late.signal;
}
