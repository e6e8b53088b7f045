import type { Command } from "commander";
import { report } from "../command-report.js";
import { findEntry } from "../stages/source.js";
import type { Reporter } from "../reporter.js";
import { addInspection } from "./inspect-cli.js";
import { tags, withApp, type AppFlags, type ProvisionFlags } from "./flags.js";

type Exit = (code: number) => void;

/** The commands of deployment. What they need of AWS is loaded when one of them runs: a build waits for none of it. */
export function addProvisioning(program: Command, exit: Exit, version: string): void {
  const run = (flags: AppFlags, work: (reporter: Reporter) => Promise<boolean>) =>
    report(flags, work).then(exit);
  const entryOf = async (entry: string | undefined) => entry ?? (await findEntry(process.cwd()));

  withProvision(withApp(program.command("provision")))
    .description("deploy an app with CloudFormation: build, package, upload, change set, stack")
    .argument("[entry]", ENTRY)
    .addHelpText("after", PROVISION_HELP)
    .action((entry: string | undefined, flags: ProvisionFlags) =>
      run(flags, async (reporter) => {
        const { provisionApp } = await import("./provision-app.js");
        return provisionApp(await entryOf(entry), flags, reporter, version);
      }),
    );

  withApp(program.command("template"))
    .description("print the CloudFormation template of an app")
    .argument("[entry]", ENTRY)
    .option("--hooks <module>", "module whose default export changes the template")
    .action((entry: string | undefined, flags: ProvisionFlags) =>
      run(flags, async (reporter) => {
        const { templateOfApp } = await import("./provision-app.js");
        const { text } = await templateOfApp(await entryOf(entry), flags, reporter, version);
        process.stdout.write(text);
        return true;
      }),
    );

  withProvision(withApp(program.command("diff")))
    .description("compare an app with what is deployed; reads only; exit code 1 when they differ")
    .argument("[entry]", ENTRY)
    .action((entry: string | undefined, flags: ProvisionFlags) =>
      run(flags, async (reporter) => {
        const { diffApp } = await import("./provision-app.js");
        return diffApp(await entryOf(entry), flags, reporter, version);
      }),
    );

  withApp(program.command("status"))
    .description("show an app's stack: its state, outputs and resources")
    .argument("[entry]", ENTRY)
    .action((entry: string | undefined, flags: AppFlags) =>
      run(flags, async (reporter) => {
        const { statusOfApp } = await import("./stack-of-app.js");
        return statusOfApp(await entryOf(entry), flags, reporter);
      }),
    );

  withApp(program.command("delete"))
    .description("delete an app's stack and its uploaded packages")
    .argument("[entry]", ENTRY)
    .option("-n, --noop", "say what would be deleted, and delete nothing")
    .option("-s, --s3Bucket <name>", "bucket for packages, for a stack that is gone already")
    .option("--yes", "do not ask")
    .action((entry: string | undefined, flags: ProvisionFlags) =>
      run(flags, async (reporter) => {
        const { deleteApp } = await import("./stack-of-app.js");
        return deleteApp(await entryOf(entry), flags, reporter);
      }),
    );

  withApp(program.command("recover"))
    .description("bring a stack out of a state that takes no update; says first what it will do")
    .argument("[entry]", ENTRY)
    .option("-n, --noop", "say what would be done, and do nothing")
    .option("--empty-buckets", "delete what is in buckets that keep the stack from being deleted")
    .option("--yes", "do not ask")
    .action((entry: string | undefined, flags: ProvisionFlags & { emptyBuckets?: boolean }) =>
      run(flags, async (reporter) => {
        const { recoverApp } = await import("./stack-of-app.js");
        return recoverApp(await entryOf(entry), flags, reporter);
      }),
    );

  addInspection(program, exit);
}

const ENTRY = "module that calls main() (default: app.ts, index.ts or main.ts, here or in src/)";

function withProvision(command: Command): Command {
  return command
    .option("-s, --s3Bucket <name>", "bucket for packages (default: one of our own, which is made)")
    .option("-i, --buildID <id>", "tag of the stack (default: from the package)")
    .option("-n, --noop", "do everything but what changes AWS; every artifact stays in .laconic/")
    .option("-t, --tags <key=value,...>", "tags of the stack and of all in it", tags, {})
    .option("--express", "let CloudFormation finish before resources are ready to serve")
    .option("--hooks <module>", "module whose default export changes the template and follows the steps")
    .option("--yes", "do not ask");
}

const PROVISION_HELP = `
Steps: identity, build, package, template, verify, bucket, upload, change set, stack. What fails before the stack is
changed is taken back; a change that fails is rolled back by CloudFormation.

Exit code: 0 done, 1 failed or not confirmed, 2 the command line is wrong, 130 interrupted.
`;
