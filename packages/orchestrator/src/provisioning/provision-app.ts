import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import {
  Aws,
  difference,
  prepare,
  provision,
  Workflow,
  type Hooks,
  type Prepared,
  type ProvisionContext,
  type Provisioned,
} from "@laconic/provisioner";
import pc from "picocolors";
import { printJson } from "../command-report.js";
import { LaconicError } from "../errors.js";
import { interruptible } from "../interruptible.js";
import type { Reporter } from "../reporter.js";
import { size } from "../text.js";
import { builtService } from "./built-service.js";
import { joined, valuesOf } from "./configured.js";
import { appBuild, type ProvisionFlags } from "./flags.js";
import { asking, progress } from "./progress.js";

const INTERRUPTED = {
  what: "Provisioning",
  hint: "The stack is as it was, and what was uploaded is gone. Run the same command again.",
};

/** Deploys an app, or with --noop makes everything that would be deployed. */
export async function provisionApp(
  entry: string,
  flags: ProvisionFlags,
  reporter: Reporter,
  version: string,
): Promise<boolean> {
  if (flags.noop) {
    const prepared = await templateOfApp(entry, flags, reporter, version);
    if (flags.json) printJson(asJson(prepared));
    else reporter.line(`\nNothing was deployed: the package and ${prepared.file} are what would be.`);
    return true;
  }
  const aws = new Aws(flags);
  try {
    const done = await interruptible(
      async (signal) => provision(aws, await contextOf(entry, flags, reporter, version, signal)),
      INTERRUPTED,
    );
    if (flags.json) printJson(done);
    else printDone(done, reporter);
    return true;
  } finally {
    await aws.close();
  }
}

/** Builds an app and makes its template, without AWS. */
export async function templateOfApp(
  entry: string,
  flags: ProvisionFlags,
  reporter: Reporter,
  version: string,
): Promise<Prepared> {
  return interruptible(async (signal) => {
    const context = await contextOf(entry, flags, reporter, version, signal);
    const workflow = new Workflow(context.listener, signal, context.options.hooks?.around);
    return prepare(workflow, context, flags.region);
  }, INTERRUPTED);
}

/** @returns whether there is no difference */
export async function diffApp(
  entry: string,
  flags: ProvisionFlags,
  reporter: Reporter,
  version: string,
): Promise<boolean> {
  const aws = new Aws(flags);
  try {
    const prepared = await templateOfApp(entry, { ...flags, region: await aws.region() }, reporter, version);
    const { options } = await contextOf(entry, flags, reporter, version, new AbortController().signal);
    const found = await difference(aws, prepared, options);
    if (flags.json) printJson({ stackName: prepared.stackName, differences: found });
    else
      reporter.result(
        found.length === 0
          ? `${prepared.stackName} is as the app says.`
          : found.map(differenceText).join("\n"),
      );
    return found.length === 0;
  } finally {
    await aws.close();
  }
}

function differenceText({
  path,
  deployed,
  local,
}: {
  path: string;
  deployed?: unknown;
  local?: unknown;
}): string {
  if (deployed === undefined) return `${pc.green("+")} ${path}: ${JSON.stringify(local)}`;
  if (local === undefined) return `${pc.red("-")} ${path}: ${JSON.stringify(deployed)}`;
  return `${pc.yellow("~")} ${path}: ${JSON.stringify(deployed)} -> ${JSON.stringify(local)}`;
}

async function contextOf(
  entry: string,
  flags: ProvisionFlags,
  reporter: Reporter,
  version: string,
  signal: AbortSignal,
): Promise<ProvisionContext> {
  const { resources = {}, smoke = {}, monitoring = {}, hooks: own = [], file } = flags.own ?? { hooks: [] };
  const hooks = joined([...own, ...(flags.hooks === undefined ? [] : [await loadHooks(flags.hooks)])], {
    ...(flags.stage !== undefined && { stage: flags.stage }),
    flags: valuesOf(flags),
  });
  return {
    build: () => builtService(entry, appBuild(flags), reporter),
    options: {
      version,
      stage: flags.stage,
      bucket: flags.s3Bucket,
      buildId: flags.buildID,
      tags: flags.tags ?? {},
      express: flags.express ?? false,
      hooks,
      resources,
      smoke,
      monitoring,
      ...(file && { resourcesFrom: file }),
      ...(flags.poll !== undefined && { pollMs: flags.poll }),
    },
    confirm: asking(reporter, flags.yes ?? false).confirmChanges,
    listener: progress(reporter),
    signal,
  };
}

async function loadHooks(path: string): Promise<Hooks> {
  const module = (await import(pathToFileURL(resolve(path)).href).catch((cause: Error) => {
    throw new LaconicError("LAC8004", `The hooks ${path} cannot be loaded: ${cause.message}`, {
      hint: "Name a JavaScript module with a default export { template, around }.",
      cause,
    });
  })) as { default?: Hooks };
  if (module.default) return module.default;
  throw new LaconicError("LAC8004", `The hooks ${path} have no default export.`, {
    hint: "Export the hooks: export default { template(template) { … } }.",
  });
}

function asJson({ stackName, file, template, built }: Prepared) {
  const { packages, folder } = built;
  return { stackName, outcome: "noop", file, folder, packages, template };
}

function printDone(done: Provisioned, reporter: Reporter): void {
  const { stackName, outcome, outputs, packages, bytesBefore } = done;
  const bytes = packages.reduce((sum, one) => sum + one.bytes, 0);
  const before = bytesBefore === undefined || bytesBefore === bytes ? "" : ` (before: ${size(bytesBefore)})`;
  reporter.line(
    `\n${pc.bold(stackName)} is ${outcome}. ${packages.length > 1 ? "Packages" : "Package"}: ${size(bytes)}${before}`,
  );
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  for (const [name, value] of Object.entries(outputs)) reporter.result(`${name.padEnd(width)}  ${value}`);
}
