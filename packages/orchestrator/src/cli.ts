import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { describeBench } from "./bench-command.js";
import { buildChoice, outDirOption, withBuild, type BuildFlags } from "./build-flags.js";
import { printJson, report, USAGE, withOutput, type Output } from "./command-report.js";
import { checkAsJson, printCheck } from "./check-report.js";
import { buildApp } from "./commands/build.js";
import { checkApp } from "./commands/check.js";
import { invokeApp } from "./commands/invoke.js";
import { switchShim } from "./commands/switch.js";
import { symbolicateText } from "./commands/symbolicate.js";
import { httpEvent, readEvent } from "./event.js";
import { invocationAsJson, printInvocation } from "./invocation-report.js";
import { describeMetrics } from "./metrics-command.js";
import { addOwnCommands } from "./own-commands.js";
import { count } from "./option-values.js";
import { addProvisioning } from "./provisioning/cli.js";
import { SHIM_CHOICES, type ShimChoice } from "./shims.js";

/**
 * The `laconic` command.
 *
 * @param args what the user typed after `laconic`, or after the app's own file
 * @param entry path of the app's module, when it is run itself: no command needs to be told of it
 * @returns the exit code
 */
export async function run(args: readonly string[], entry?: string): Promise<number> {
  let exitCode = 0;
  const exit = (code: number) => void (exitCode = code);
  const program = describeProgram(exit);
  try {
    const failed = await report({}, async () => {
      await addOwnCommands(program, entry, exit);
      return true;
    });
    if (failed !== 0) return failed;
    await program.parseAsync(entry === undefined ? args : ofApp(program, entry, args), { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    throw error;
  }
}

function describeProgram(exit: (code: number) => void): Command {
  const program = new Command("laconic")
    .description("TypeScript on AWS Lambda without the cold start: an app becomes one native library.")
    .version(version(), "-V, --version")
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError("(add --help for what can be said here)")
    .exitOverride();
  addCheck(program, exit);
  addBuild(program, exit);
  addInvoke(program, exit);
  describeBench(withOutput(program.command("bench")), async (options, work) =>
    exit(await report(options, work)),
  );
  describeMetrics(withOutput(program.command("metrics")), async (options, work) =>
    exit(await report(options, work)),
  );
  addSwitch(program, exit);
  addSymbolicate(program, exit);
  addProvisioning(program, exit, version());
  program.addHelpText("after", EXAMPLES);
  return program;
}

/** What the command is given when an app is run: the app's module comes first wherever a command takes one. */
function ofApp(program: Command, entry: string, args: readonly string[]): readonly string[] {
  program.name(`node ${relative(process.cwd(), entry)}`);
  for (const command of program.commands.filter(takesEntry)) {
    const others = command.registeredArguments
      .slice(1)
      .map((argument) => (argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`));
    command.usage(`[options]${others.join("")}`);
  }
  const [name, ...rest] = args;
  const called = program.commands.find((command) => command.name() === name);
  return called && takesEntry(called) ? [called.name(), entry, ...rest] : args;
}

function takesEntry({ registeredArguments: [first] }: Command): boolean {
  return first?.name() === "entry";
}

// By the package's name: `laconic` alone is another author's on npm, and would be fetched where ours is not installed.
const EXAMPLES = `
Examples:
  npx @laconic/cli check app.ts
  npx @laconic/cli build app.ts
  npx @laconic/cli invoke app.ts hello '{"name":"x"}'
  npx @laconic/cli invoke app.ts site --http "GET /greet?name=x"
  npx @laconic/cli bench app.ts hello '{"name":"x"}'
  npx @laconic/cli switch native
  npx @laconic/cli provision app.ts
`;

interface CheckFlags extends Output {
  readonly strict?: boolean;
}

function addCheck(program: Command, exit: (code: number) => void): void {
  withOutput(program.command("check"))
    .description("report what an app uses and the library lacks, before anything is built")
    .argument("[entry]", "module that calls main() (default: app.ts, index.ts or main.ts, here or in src/)")
    .option("--strict", "fail also for what may only perhaps be reached")
    .addHelpText("after", CHECK_HELP)
    .action(async (entry: string | undefined, options: CheckFlags) => {
      exit(
        await report(options, async (reporter) => {
          const checked = await checkApp(entry);
          if (options.json) printJson(checkAsJson(checked));
          else printCheck(checked, reporter);
          return checked.report.ok && !(options.strict && checked.report.findings.length > 0);
        }),
      );
    });
}

const CHECK_HELP = `
What is reported: Node built-ins and exports of them that the library lacks, native addons, globals that the engine
lacks, and requires of a computed name. What tree shaking drops is not reported.

  at load   evaluated whenever the app is loaded: laconic build fails with the same message
  maybe     in a function, a branch, a try, or a module that is only imported there: it fails if it is reached

Exit code: 0 the app can be built, 1 it cannot (with --strict: something is lacking), 2 the command line is wrong.
`;

function addBuild(program: Command, exit: (code: number) => void): void {
  withOutput(withBuild(program.command("build")))
    .description("build an app into a package for Lambda; every artifact is kept in .laconic/")
    .argument("<entry>", "module that calls main(), for example app.ts")
    .action(async (entry: string, options: BuildFlags & Output) => {
      exit(
        await report(options, async (reporter) => {
          const built = await buildApp(entry, buildChoice(options), reporter);
          if (options.json) printJson({ folder: built.folder, ...built.manifest });
          return true;
        }),
      );
    });
}

interface InvokeFlags extends BuildFlags, Output {
  readonly remote?: boolean;
  readonly stage?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly http?: string;
  readonly build: boolean;
  readonly times: number;
  readonly timeout?: number;
  readonly env: Record<string, string>;
}

function addInvoke(program: Command, exit: (code: number) => void): void {
  withOutput(withBuild(program.command("invoke")))
    .description("build an app and run the packaged function under AWS's own runtime client")
    .argument("<entry>", "module that calls main(), for example app.ts")
    .argument("<function>", "name the function was registered with")
    .argument(
      "[event]",
      "JSON, @file.json, or - for standard input; with --http the request's body",
      undefined,
    )
    .option("--http <request>", 'send an HTTP event, for example "GET /users?page=2"')
    .option("--times <n>", "how often to invoke: the first is cold, the others are warm", count, 1)
    .option("--timeout <seconds>", "Lambda's timeout (default: the function's own, else 3)", count)
    .option("--env <NAME=VALUE>", "variable for the function's environment; may be repeated", variable, {})
    .option("--remote", "invoke the deployed function; --stage, --region and --profile say which")
    .addOption(new Option("--stage <name>", "stage of the stack, with --remote").env("LACONIC_STAGE"))
    .option("--region <region>", "AWS region, with --remote")
    .option("--profile <name>", "profile of ~/.aws/config, with --remote")
    .option("--no-build", "use the last build as it is")
    .action(async (entry: string, functionName: string, event: string | undefined, options: InvokeFlags) => {
      exit(
        await report(options, async (reporter) => {
          const payload =
            options.http === undefined ? await readEvent(event) : httpEvent(options.http, event);
          if (options.remote) {
            const { invokeDeployed } = await import("./provisioning/inspect-app.js");
            const { appOf } = await import("./provisioning/configured.js");
            const [path, settings] = await appOf(entry, options, reporter);
            return invokeDeployed(path, functionName, payload, settings, reporter);
          }
          const { build, times, timeout, env } = options;
          const asked = { ...buildChoice(options), build, times, env, ...(timeout && { timeout }) };
          const invocation = await invokeApp(entry, functionName, payload, asked, reporter);
          if (options.json) printJson(invocationAsJson(functionName, payload, invocation));
          else printInvocation(functionName, invocation, reporter);
          return invocation.invocations.every(({ kind }) => kind === "response");
        }),
      );
    });
}

function addSwitch(program: Command, exit: (code: number) => void): void {
  withOutput(program.command("switch"))
    .description("write into laconic.config.ts how Lambda reaches the app; the app itself stays as it is")
    .addArgument(new Argument("<shim>", "proxy, node, python, native or auto").choices(SHIM_CHOICES))
    .option("--function <name>", "for this function alone")
    .action(async (shim: ShimChoice, options: Output & { function?: string }) => {
      exit(
        await report(options, async (reporter) => {
          const fn = options.function;
          const place = { folder: process.cwd(), ...(fn !== undefined && { fn }) };
          const switched = await switchShim(shim, place, reporter);
          if (options.json) printJson(switched);
          return true;
        }),
      );
    });
}

function addSymbolicate(program: Command, exit: (code: number) => void): void {
  withOutput(program.command("symbolicate"))
    .description("name the app's own files and lines in stack traces of a build with --source-maps external")
    .argument("<entry>", "module that the build was made of, for example app.ts")
    .argument("[file]", "text with the stack traces, a log for example; standard input when left out")
    .addOption(outDirOption())
    .action(async (entry: string, file: string | undefined, options: Output & { outDir?: string }) => {
      exit(
        await report(options, async () => {
          const text = await symbolicateText(entry, file, options);
          if (options.json) printJson({ text });
          else process.stdout.write(text);
          return true;
        }),
      );
    });
}

function variable(text: string, previous: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write it as NAME=VALUE.");
  return { ...previous, [name]: value };
}

function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
