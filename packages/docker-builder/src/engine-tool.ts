import { execa, type ExecaError } from "execa";
import type { Command } from "./builder.js";
import { BuilderError, type BuilderErrorCode } from "./errors.js";

/** What the engine's tool says on the last line of stderr, as JSON, when it was told `--json-errors`. */
interface ToolReport {
  readonly message: string;
  readonly hint?: string;
  readonly stack?: readonly string[];
}

/**
 * Runs one of the engine's subcommands.
 *
 * @param env added to this process's environment
 * @returns what it printed on stdout
 * @throws {BuilderError} of the given code with the tool's own report, or LAC5007 when it died without one
 */
export async function runTool(
  { file, args }: Command,
  code: BuilderErrorCode,
  failure: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await execa(file, args, { env: { ...env } }).catch((cause: ExecaError) => {
    throw toolError(cause, code, failure);
  });
  return stdout;
}

function toolError(cause: ExecaError, code: BuilderErrorCode, failure: string): BuilderError {
  const report = reportOn(String(cause.stderr ?? ""));
  if (!report) {
    return new BuilderError("LAC5007", `The engine's tool failed: ${cause.shortMessage}`, {
      ...(cause.stderr && { frame: String(cause.stderr) }),
      cause,
    });
  }
  const { message, hint, stack } = report;
  return new BuilderError(code, `${failure}: ${message}`, {
    ...(stack?.length && { frame: stack.join("\n") }),
    ...(hint && { hint }),
  });
}

/** Only the last line: what comes before it is the app's own console. */
function reportOn(stderr: string): ToolReport | undefined {
  try {
    return JSON.parse(stderr.trim().split("\n").at(-1) ?? "") as ToolReport;
  } catch {
    return undefined;
  }
}

/**
 * Reads the JSON on the last line of a tool's output: what comes before it is the app's own console.
 *
 * @throws {BuilderError} LAC5007 when it is not JSON
 */
export function parse<T>(output: string, { file, args }: Command): T {
  try {
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as T;
  } catch (cause) {
    throw new BuilderError(
      "LAC5007",
      `The engine's tool answered what is not JSON: ${file} ${args.join(" ")}`,
      {
        frame: output.slice(0, 400),
        cause,
      },
    );
  }
}
