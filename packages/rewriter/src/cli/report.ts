import type { Colors } from "./colors.js";
import { where, type Diagnostic } from "../diagnostics.js";

/** A diagnostic for a terminal: place, code, what happened, the code frame, why, and the next step. */
export function describe(diagnostic: Diagnostic, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan }[diagnostic.severity];
  const lines = [
    `${colors.bold(where(diagnostic))} - ${paint(diagnostic.severity)} ${colors.dim(diagnostic.code)}: ${diagnostic.message}`,
    ...(diagnostic.frame === undefined ? [] : [diagnostic.frame]),
    `  ${colors.dim("why:")} ${diagnostic.why}`,
    `  ${colors.dim("fix:")} ${diagnostic.hint}`,
  ];
  return `${lines.join("\n")}\n`;
}
