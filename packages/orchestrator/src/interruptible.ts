import { LaconicError } from "./errors.js";

/** What a terminal, a supervisor or a closed window sends to end a command. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What an interrupted user is told. */
export interface Interrupted {
  readonly what: string;
  readonly hint: string;
}

const THE_BUILD = { what: "The build", hint: "Nothing of it was kept; the last whole build is as it was." };

/**
 * Runs work that cleans up after itself when the process is told to end; a second signal ends the process at once.
 *
 * @param work given a signal that is then aborted, with LAC8009 as its reason
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  interrupted: Interrupted = THE_BUILD,
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    release();
    controller.abort(
      new LaconicError("LAC8009", `${interrupted.what} was interrupted (${name}).`, {
        hint: interrupted.hint,
      }),
    );
  };
  const release = () => SIGNALS.forEach((name) => process.off(name, stop));
  SIGNALS.forEach((name) => process.on(name, stop));
  return work(controller.signal).finally(release);
}
