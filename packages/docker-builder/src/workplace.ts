import type { Command } from "./builder.js";

/** How a command ended. */
export interface Outcome {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was ended because memory ran out; asked only of a command that failed. */
  ranOutOfMemory(): Promise<boolean>;
}

/** Where the commands of a build run: this machine, or a container on it. */
export interface Workplace {
  /** Names it in a message: `on this machine`, `in the container`. */
  readonly name: string;
  /** What is not there that is on the user's machine, for the hint of a command that failed. */
  lacks(): Promise<string | undefined>;
  /** Folder of this machine that the commands see and that goes with the workplace. */
  readonly scratch: string;
  /** What commands there call a file of this machine. */
  path(file: string): Promise<string>;
  /** Runs a command to its end, whatever that is; rejects only when the end cannot be known. */
  run(command: Command, env?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** What to type on this machine to run the command there again. */
  asTyped(command: Command): Command;
  /** Ends what still runs and removes what the workplace made for itself; safe to call more than once. */
  close(): Promise<void>;
}
