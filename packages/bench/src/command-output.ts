/** What a command that failed wrote, for a message of one line: its stderr, else its stdout, else why it did not run. */
function output(error: unknown): string[] {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
  return (stderr?.trim() || stdout?.trim() || message).split("\n");
}

export function firstLine(error: unknown): string {
  return output(error)[0]!;
}

export function lastLine(error: unknown): string {
  return output(error).at(-1)!;
}
