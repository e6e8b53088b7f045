import type { Command } from "./builder.js";
import { BuilderError, type BuilderErrorCode } from "./errors.js";
import { failedForFullDisk } from "./full-disk.js";
import type { Outcome, Workplace } from "./workplace.js";

/** Output that is worth showing: the last lines say why. */
const SHOWN_LINES = 40;

export interface FailedCommand {
  /** The error's code when the machine lacked nothing. */
  readonly code: BuilderErrorCode;
  /** What could not be done, as the start of a sentence. */
  readonly failure: string;
  readonly command: Command;
  /** Where the command writes. */
  readonly folder: string;
  /** How much it writes at most. */
  readonly bytes?: number;
}

/**
 * The error of a command that failed: what the machine lacked, when that is the reason, else what its code stands for.
 */
export async function commandFailure(
  outcome: Outcome,
  place: Workplace,
  { code, failure, command, folder, bytes }: FailedCommand,
): Promise<BuilderError> {
  const output = `${outcome.stdout}\n${outcome.stderr}`.trim();
  const frame = output.split("\n").slice(-SHOWN_LINES).join("\n");
  if (await failedForFullDisk(output, folder, bytes)) {
    return new BuilderError("LAC5018", `${failure}: the disk is full.`, {
      frame,
      hint: "Free some space where the workspace lies (`df -h`), or choose another disk with --out-dir.",
    });
  }
  if (await outcome.ranOutOfMemory()) {
    return new BuilderError("LAC5017", `${failure}: memory ran out ${place.name}.`, {
      ...(frame && { frame }),
      hint: "Allow more with --memory, for example --memory 4g.",
    });
  }
  const hint = await place.lacks();
  const how = outcome.signal ? `was ended by ${outcome.signal}` : `ended with ${outcome.exitCode}`;
  return new BuilderError(code, `${failure}: ${command.file} ${how}.`, {
    ...(frame && { frame }),
    ...(hint && { hint }),
  });
}
