import { createInterface } from "node:readline/promises";
import type { Happening, PlannedChange, ProvisionListener, Question, Removal } from "@laconic/provisioner";
import pc from "picocolors";
import type { Reporter } from "../reporter.js";

/** Prints what happens in AWS beside the reporter's own steps. */
export function progress(reporter: Reporter): ProvisionListener {
  return {
    started: (step) => reporter.started(step),
    finished: (step, milliseconds, detail) => reporter.finished(step, milliseconds, detail),
    failed: (step) => reporter.failed(step),
    warned: (message) => reporter.warned(message),
    happened: (happening) => reporter.line(`    ${happened(happening)}`),
  };
}

function happened({ at, logicalId, type, status, reason }: Happening): string {
  const colour = status.endsWith("_FAILED") ? pc.red : status.endsWith("_COMPLETE") ? pc.green : pc.dim;
  const why = reason ? `  ${reason}` : "";
  return `${pc.dim(at.toISOString().slice(11, 19))} ${colour(status.padEnd(20))} ${logicalId} ${pc.dim(type)}${why}`;
}

const SIGNS = { Add: pc.green("+"), Modify: pc.yellow("~"), Remove: pc.red("-"), Import: "»", Dynamic: "?" };

/** The change set, one line a resource, with what deserves a second look marked. */
export function changesText(changes: readonly PlannedChange[]): string {
  return changes
    .map((change) => {
      const marks = [
        ...(change.replacement === "yes" ? [pc.red("REPLACED")] : []),
        ...(change.replacement === "perhaps" ? [pc.red("perhaps REPLACED")] : []),
        ...(change.iam ? [pc.magenta("IAM")] : []),
        ...(change.isPublic ? [pc.magenta("PUBLIC")] : []),
      ].join(" ");
      const properties = change.properties.length > 0 ? pc.dim(`  ${change.properties.join(", ")}`) : "";
      const line = `  ${SIGNS[change.action]} ${change.logicalId} ${pc.dim(change.type)}`;
      return `${line}${marks && `  ${marks}`}${properties}`;
    })
    .join("\n");
}

/** Asks on a terminal; where nobody can be asked the answer is no, and with --yes it is yes. */
export function asking(reporter: Reporter, yes: boolean) {
  const ask = async (question: string): Promise<boolean> => {
    if (yes) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
    } finally {
      terminal.close();
    }
  };
  return {
    confirmChanges: async ({ stackName, account, region, changes }: Question) => {
      reporter.line(`\nChanges of ${stackName} in ${account}, ${region}:\n${changesText(changes)}\n`);
      return ask("Make these changes?");
    },
    confirmRemoval: async ({ stackName, deleted, kept }: Removal) => {
      reporter.line(removalText({ stackName, deleted, kept }));
      return ask(`Delete ${stackName}?`);
    },
    confirmPlan: async (plan: readonly string[]) => {
      reporter.line(`\n${plan.map((line) => `  - ${line}`).join("\n")}\n`);
      return ask("Do this?");
    },
  };
}

export function removalText({ stackName, deleted, kept }: Omit<Removal, "stackId">): string {
  const list = (resources: Removal["deleted"]) =>
    resources.map(({ logicalId, type, physicalId }) => `  ${logicalId} ${pc.dim(`${type} ${physicalId}`)}`);
  return [
    `\nDeleting ${stackName} deletes:`,
    ...list(deleted),
    ...(kept.length > 0 ? ["and keeps:", ...list(kept)] : []),
    "",
  ].join("\n");
}
