import type { Command } from "commander";
import { report } from "../command-report.js";
import type { Reporter } from "../reporter.js";
import { addInspection } from "./inspect-cli.js";
import { appOf } from "./configured.js";
import { bucketOption, tags, withApp, type AppFlags, type ProvisionFlags } from "./flags.js";

type Exit = (code: number) => void;

/** The commands of deployment. What they need of AWS is loaded when one of them runs: a build waits for none of it. */
export function addProvisioning(program: Command, exit: Exit, version: string): void {
  const onApp = <Flags extends AppFlags>(
    command: Command,
    work: (entry: string, flags: Flags, reporter: Reporter) => Promise<boolean>,
  ) =>
    command.argument("[entry]", ENTRY).action(async (entry: string | undefined, flags: Flags) => {
      exit(await report(flags, async (reporter) => work(...(await appOf(entry, flags, reporter)), reporter)));
    });

  onApp<ProvisionFlags>(
    withProvision(withApp(program.command("provision")))
      .description("deploy an app with CloudFormation: build, package, upload, change set, stack")
      .addHelpText("after", PROVISION_HELP),
    async (entry, flags, reporter) => {
      const { provisionApp } = await import("./provision-app.js");
      return provisionApp(entry, flags, reporter, version);
    },
  );

  onApp<ProvisionFlags>(
    withApp(program.command("template"))
      .description("print the CloudFormation template of an app")
      .option("--hooks <module>", "module whose default export changes the template"),
    async (entry, flags, reporter) => {
      const { templateOfApp } = await import("./provision-app.js");
      const { text } = await templateOfApp(entry, flags, reporter, version);
      process.stdout.write(text);
      return true;
    },
  );

  onApp<ProvisionFlags>(
    withProvision(withApp(program.command("diff"))).description(
      "compare an app with what is deployed; reads only; exit code 1 when they differ",
    ),
    async (entry, flags, reporter) => {
      const { diffApp } = await import("./provision-app.js");
      return diffApp(entry, flags, reporter, version);
    },
  );

  onApp<AppFlags>(
    withApp(program.command("status")).description("show an app's stack: its state, outputs and resources"),
    async (entry, flags, reporter) => {
      const { statusOfApp } = await import("./stack-of-app.js");
      return statusOfApp(entry, flags, reporter);
    },
  );

  onApp<ProvisionFlags>(
    withApp(program.command("delete"))
      .description("delete an app's stack and its uploaded packages")
      .option("-n, --noop", "say what would be deleted, and delete nothing")
      .addOption(bucketOption("bucket for packages, for a stack that is gone already"))
      .option("--yes", "do not ask"),
    async (entry, flags, reporter) => {
      const { deleteApp } = await import("./stack-of-app.js");
      return deleteApp(entry, flags, reporter);
    },
  );

  onApp<ProvisionFlags & { emptyBuckets?: boolean }>(
    withApp(program.command("recover"))
      .description("bring a stack out of a state that takes no update; says first what it will do")
      .option("-n, --noop", "say what would be done, and do nothing")
      .option("--empty-buckets", "delete what is in buckets that keep the stack from being deleted")
      .option("--yes", "do not ask"),
    async (entry, flags, reporter) => {
      const { recoverApp } = await import("./stack-of-app.js");
      return recoverApp(entry, flags, reporter);
    },
  );

  addInspection(program, exit);
}

const ENTRY = "module that calls main() (default: app.ts, index.ts or main.ts, here or in src/)";

function withProvision(command: Command): Command {
  return command
    .addOption(bucketOption("bucket for packages (default: one of our own, which is made)"))
    .option("-i, --buildID <id>", "tag of the stack (default: from the package)")
    .option("-n, --noop", "do everything but what changes AWS; every artifact stays in .laconic/")
    .option("-t, --tags <key=value,...>", "tags of the stack and of all in it", tags, {})
    .option("--express", "let CloudFormation finish before resources are ready to serve")
    .option("--hooks <module>", "module whose default export changes the template and follows the steps")
    .option("--yes", "do not ask");
}

const PROVISION_HELP = `
Steps: identity, build, package, template, verify, bucket, upload, change set, stack; after --express also functions,
which waits for them, and where there is one the smoke test. What fails before the stack is changed is taken back; a
change that fails is rolled back by CloudFormation. A smoke test that fails takes nothing back.

Exit code: 0 done, 1 failed or not confirmed, 2 the command line is wrong, 130 interrupted.
`;
