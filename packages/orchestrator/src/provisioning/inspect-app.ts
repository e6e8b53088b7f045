import {
  Aws,
  createTemplate,
  invokeRemote,
  leastPolicies,
  logs,
  orphans,
  ownBucketName,
  stackName,
  whoAmI,
  type LogLine,
} from "@laconic/provisioner";
import pc from "picocolors";
import { printJson } from "../command-report.js";
import { interruptible } from "../interruptible.js";
import type { Reporter } from "../reporter.js";
import { builtService } from "./built-service.js";
import { appBuild, type AppFlags, type AwsFlags } from "./flags.js";
import type { LogsFlags, OrphansFlags } from "./inspect-cli.js";
import { stackOf } from "./stack-of-app.js";

/** Prints log lines until there are no more, or with --tail until Ctrl-C. */
export async function logsOfApp(
  entry: string,
  functionName: string | undefined,
  flags: LogsFlags,
  reporter: Reporter,
): Promise<boolean> {
  const aws = new Aws(flags);
  const print = (line: LogLine) =>
    flags.json
      ? process.stdout.write(`${JSON.stringify(line)}\n`)
      : reporter.result(`${pc.dim(line.at.toISOString())} ${pc.cyan(line.from)} ${line.text}`);
  try {
    const { stackName: name } = await stackOf(entry, flags, reporter);
    await interruptible((signal) =>
      logs(aws, {
        stackName: name,
        functionName,
        since: Date.now() - flags.since,
        tail: flags.tail ?? false,
        signal,
        onLine: print,
        ...(flags.poll !== undefined && { pollMs: flags.poll }),
      }),
    );
    return true;
  } finally {
    await aws.close();
  }
}

/** Invokes the deployed function and prints its answer, and its log beside it. */
export async function invokeDeployed(
  entry: string,
  functionName: string,
  event: unknown,
  flags: AppFlags,
  reporter: Reporter,
): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const { stackName: name } = await stackOf(entry, flags, reporter);
    const invoked = await invokeRemote(aws, name, functionName, JSON.stringify(event));
    if (flags.json) printJson(invoked);
    else {
      for (const line of invoked.log.trimEnd().split("\n")) reporter.line(`  │ ${line}`);
      reporter.result(invoked.payload);
    }
    return invoked.failure === undefined;
  } finally {
    await aws.close();
  }
}

export async function policiesOfApp(
  entry: string,
  flags: AppFlags & OrphansFlags,
  reporter: Reporter,
): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const identity = await whoAmI(aws);
    const built = await builtService(entry, appBuild(flags), reporter);
    const { service, target, packages } = built;
    const name = stackName(service.name, flags.stage);
    const { template } = createTemplate({
      service,
      stackName: name,
      stage: flags.stage,
      target,
      packages,
      resources: flags.own?.resources ?? {},
      monitoring: flags.own?.monitoring ?? {},
      ...(flags.own?.file && { resourcesFrom: flags.own.file }),
    });
    const partition = identity.arn.split(":")[1] ?? "aws";
    const bucket = flags.s3Bucket ?? ownBucketName(identity);
    const smoke = Object.keys(flags.own?.smoke ?? {});
    printJson(leastPolicies({ service, stackName: name, template, bucket, smoke, partition, ...identity }));
    return true;
  } finally {
    await aws.close();
  }
}

/** @returns whether there are none */
export async function listOrphans(flags: AwsFlags & OrphansFlags, reporter: Reporter): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const found = await orphans(aws, flags.s3Bucket);
    if (flags.json) printJson({ orphans: found });
    else for (const { name, why } of found) reporter.result(`${name}  ${pc.dim(why)}`);
    return found.length === 0;
  } finally {
    await aws.close();
  }
}
