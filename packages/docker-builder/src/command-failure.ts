import type { Command } from "./builder.js";
import { BuilderError, type BuilderErrorCode } from "./errors.js";
import { fullDisk } from "./full-disk.js";
import type { Outcome, Workplace } from "./workplace.js";

/** Output that is worth showing: the last lines say why. */
const SHOWN_LINES = 40;

/**
 * The error of a command that failed: what the machine lacked, when that is the reason, else what `code` stands for.
 *
 * @param failure what could not be done, as the start of a sentence
 */
export async function commandFailure(
  outcome: Outcome,
  place: Workplace,
  { code, failure, command }: { code: BuilderErrorCode; failure: string; command: Command },
): Promise<BuilderError> {
  const output = `${outcome.stdout}\n${outcome.stderr}`.trim();
  const frame = output.split("\n").slice(-SHOWN_LINES).join("\n");
  if (fullDisk(output)) {
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
  const how = outcome.signal ? `was ended by ${outcome.signal}` : `ended with ${outcome.exitCode}`;
  return new BuilderError(code, `${failure}: ${command.file} ${how}.`, {
    ...(frame && { frame }),
    ...(place.lacks && { hint: place.lacks }),
  });
}
