import { codeFrame, type Finding } from "@laconic/node-compat";
import pc from "picocolors";
import type { Checked } from "./commands/check.js";
import { indent, type Reporter } from "./reporter.js";

/** Tells a person what `laconic check` found, the certain things first. */
export function printCheck({ entry, report }: Checked, reporter: Reporter): void {
  const atLoad = report.findings.filter(({ reached }) => reached === "load");
  const maybe = report.findings.filter(({ reached }) => reached === "maybe");
  for (const finding of [...atLoad, ...maybe]) reporter.result(`${describe(finding)}\n`);
  reporter.result(`${verdict(entry, report.ok)}  ${counts(atLoad.length, maybe.length)}`);
  const builtins = report.builtins.map(({ module, support }) => `${module} (${support})`);
  if (builtins.length > 0) reporter.result(pc.dim(`Node built-ins in use: ${builtins.join(", ")}`));
}

function describe(finding: Finding): string {
  const { code, message, hint, location, importChain = [], reached, uses } = finding;
  const isCertain = reached === "load";
  const lines = [`${isCertain ? pc.red("at load") : pc.yellow("maybe  ")} ${pc.bold(code)} ${message}`];
  if (location) lines.push("", indent(codeFrame(location)));
  if (importChain.length > 1) lines.push(`  imported through ${importChain.join(" -> ")}`);
  if (uses > 1) lines.push(`  and ${uses - 1} more ${uses === 2 ? "place" : "places"}`);
  if (hint) lines.push("", `  ${pc.cyan("→")} ${hint}`);
  return lines.join("\n");
}

function verdict(entry: string, ok: boolean): string {
  return ok ? `${pc.green("✓")} ${entry} can be built.` : `${pc.red("✗")} ${entry} cannot be built as it is.`;
}

function counts(atLoad: number, maybe: number): string {
  if (atLoad + maybe === 0) return "Nothing that it uses is lacking.";
  return `${atLoad} lacking at load, ${maybe} lacking where they may be reached.`;
}

/** The same for machines. The shape is in the package's README. */
export function checkAsJson({ entry, report }: Checked): Record<string, unknown> {
  return { entry, ...report };
}
