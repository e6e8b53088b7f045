import pc from "picocolors";
import type { StepListener } from "./steps.js";
import { duration } from "./text.js";

/** An error that names itself with a stable code, from whichever package it comes. */
interface CodedError {
  readonly code: string;
  readonly message: string;
  readonly frame?: string;
  readonly hint?: string;
}

/** Matched by shape, because packages may be there in several copies. */
export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && "code" in error && /^LAC\d{4}$/.test(String(error.code));
}

const NAME_WIDTH = 10;

/** Prints steps and errors on stderr, so that stdout holds results alone. */
export class Reporter implements StepListener {
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly level: "error" | "warn" | "info" | "debug" = "info",
  ) {}

  started(step: string): void {
    // A line that is written over when the step ends; elsewhere than on a terminal one line a step is enough.
    if (this.stream.isTTY && !this.quiet) this.stream.write(`  ${pc.cyan("…")} ${step}\r`);
  }

  finished(step: string, milliseconds: number, detail: string): void {
    this.line(
      `  ${pc.green("✓")} ${step.padEnd(NAME_WIDTH)} ${pc.dim(duration(milliseconds).padStart(8))}  ${detail}`,
    );
  }

  failed(step: string): void {
    this.line(`  ${pc.red("✗")} ${step}`);
  }

  warned(message: string): void {
    if (this.level !== "error") this.stream.write(`  ${pc.yellow("!")} ${message}\n`);
  }

  /** What only somebody who looks for a cause wants to see. */
  debug(text: string): void {
    if (this.level === "debug") this.stream.write(`    ${pc.dim(text)}\n`);
  }

  private get quiet(): boolean {
    return this.level === "error" || this.level === "warn";
  }

  line(text = ""): void {
    if (!this.quiet) this.stream.write(`${text}\n`);
  }

  /** What was asked for, on stdout also when quiet. */
  result(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** Says what happened, where and what to do next; errors are printed even when quiet. */
  error(error: unknown): void {
    this.stream.write(`${formatError(error)}\n`);
  }
}

function formatError(error: unknown): string {
  if (!isCodedError(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${pc.red("internal error")} ${text}\n\nThis is a fault of Laconic's: please report it with the lines above.`;
  }
  const lines = [`${pc.red("error")} ${pc.bold(error.code)} ${error.message}`];
  if (error.frame) lines.push("", indent(error.frame));
  if (error.hint) lines.push("", `  ${pc.cyan("→")} ${error.hint}`);
  return lines.join("\n");
}

export function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}

/** The same, for machines: one JSON object. */
export function errorAsJson(error: unknown): Record<string, unknown> {
  if (!isCodedError(error)) return { code: "internal", message: String(error) };
  const { code, message, frame, hint } = error;
  return { code, message, ...(frame && { frame }), ...(hint && { hint }) };
}
