import { RULES, type Rule } from "./rules.js";

const INTRODUCTION = `# Diagnostics of the rewriter

Every diagnostic names the file (with line and column where there is one), what happened, why that matters, and the next
step. An **error** leaves all files as they were, a **warning** says what to look at in a change, a **note** is only that.
Codes are stable and never used again for something else. This page is written from \`src/rules.ts\`.
`;

/** docs/diagnostics.md: a section for each code, in the order of the codes. */
export function diagnosticsPage(): string {
  const codes = Object.entries<Rule>(RULES).sort(([a], [b]) => a.localeCompare(b));
  return [INTRODUCTION, ...codes.map(([code, rule]) => section(code, rule))].join("\n");
}

function section(code: string, { title, severity, message, why, fix }: Rule): string {
  return `## ${code}: ${title}\n\n**${severity}** · ${plain(message)}\n\n- Why: ${plain(why)}\n- Fix: ${plain(fix)}\n`;
}

/** Placeholders as words in angle quotes, for a reader. */
function plain(text: string): string {
  return text.replace(/\{(\w+)\}/g, "‹$1›");
}
