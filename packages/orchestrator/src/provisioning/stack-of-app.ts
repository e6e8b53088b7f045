import { Aws, recover, remove, stackName, status } from "@laconic/provisioner";
import pc from "picocolors";
import { printJson } from "../command-report.js";
import { interruptible } from "../interruptible.js";
import type { Reporter } from "../reporter.js";
import { builtService } from "./built-service.js";
import { appBuild, type AppFlags, type ProvisionFlags } from "./flags.js";
import { asking, progress, removalText } from "./progress.js";

const INTERRUPTED = { what: "The command", hint: "See what AWS does with `npx @laconic/cli status`." };

/** A stack's service is known from the last build; without one the app is built. */
export async function stackOf(entry: string, flags: AppFlags, reporter: Reporter) {
  const last = builtService(entry, { ...appBuild(flags), build: false }, reporter);
  const built = await last.catch(() => builtService(entry, appBuild(flags), reporter));
  return { service: built.service.name, stackName: stackName(built.service.name, flags.stage) };
}

export async function statusOfApp(entry: string, flags: AppFlags, reporter: Reporter): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const found = await status(aws, (await stackOf(entry, flags, reporter)).stackName);
    if (flags.json) {
      printJson(found);
      return true;
    }
    const { stuck, next, outputs, resources } = found;
    const lines = [
      `${pc.bold(found.stackName)} in ${found.account}, ${found.region}: ${found.status}${stuck ? ` (${stuck})` : ""}`,
      ...(next ? [`  ${pc.cyan("→")} ${next}`] : []),
      ...Object.entries(outputs).map(([name, value]) => `  ${name}  ${value}`),
      ...resources.map(
        ({ logicalId, type, physicalId }) => `  ${logicalId}  ${pc.dim(`${type} ${physicalId}`)}`,
      ),
    ];
    reporter.result(lines.join("\n"));
    return true;
  } finally {
    await aws.close();
  }
}

export async function deleteApp(entry: string, flags: ProvisionFlags, reporter: Reporter): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const { service, stackName: name } = await stackOf(entry, flags, reporter);
    const removed = await interruptible(
      (signal) =>
        remove(aws, {
          options: {
            stackName: name,
            service,
            noop: flags.noop ?? false,
            bucket: flags.s3Bucket,
            ...(flags.poll !== undefined && { pollMs: flags.poll }),
          },
          confirm: asking(reporter, flags.yes ?? false).confirmRemoval,
          listener: progress(reporter),
          signal,
        }),
      INTERRUPTED,
    );
    if (flags.json) printJson(removed);
    else if (!removed.removed) reporter.result(`${removalText(removed)}Nothing was deleted (--noop).`);
    else {
      reporter.line(`\n${name} is deleted, and ${removed.objects} uploaded objects with it.`);
      for (const { logicalId, physicalId } of removed.kept)
        reporter.result(`kept  ${logicalId}  ${physicalId}`);
    }
    return true;
  } finally {
    await aws.close();
  }
}

export async function recoverApp(
  entry: string,
  flags: ProvisionFlags & { emptyBuckets?: boolean },
  reporter: Reporter,
): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const { service, stackName: name } = await stackOf(entry, flags, reporter);
    const recovery = await interruptible(
      (signal) =>
        recover(aws, {
          stackName: name,
          service,
          emptyBuckets: flags.emptyBuckets ?? false,
          noop: flags.noop ?? false,
          ...(flags.poll !== undefined && { pollMs: flags.poll }),
          confirm: ({ plan }) => asking(reporter, flags.yes ?? false).confirmPlan(plan),
          listener: progress(reporter),
          signal,
        }),
      INTERRUPTED,
    );
    if (flags.json) printJson(recovery);
    else {
      for (const line of flags.noop ? recovery.plan : []) reporter.result(`would: ${line}`);
      reporter.result(recovery.next);
    }
    return true;
  } finally {
    await aws.close();
  }
}
