import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { describeBench } from "./bench-command.js";
import { builderChoice, withBuilder, type BuilderFlags } from "./builder-flags.js";
import { checkAsJson, printCheck } from "./check-report.js";
import { buildApp } from "./commands/build.js";
import { checkApp } from "./commands/check.js";
import { invokeApp } from "./commands/invoke.js";
import { switchShim } from "./commands/switch.js";
import { symbolicateText } from "./commands/symbolicate.js";
import { httpEvent, readEvent } from "./event.js";
import { invocationAsJson, printInvocation } from "./invocation-report.js";
import { errorAsJson, isCodedError, Reporter } from "./reporter.js";
import { SHIM_CHOICES, type ShimChoice } from "./shims.js";
import { SOURCE_MAPS, type SourceMaps } from "./stages/library.js";

/** Exit codes: 0 done, 1 the build, the check or the invocation failed, 2 the command line is wrong, 130 interrupted. */
const FAILED = 1;
const USAGE = 2;
const INTERRUPTED = 130;

interface Output {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * The `laconic` command.
 *
 * @param args what the user typed after `laconic`
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = describeProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
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
  addSwitch(program, exit);
  addSymbolicate(program, exit);
  program.addHelpText("after", EXAMPLES);
  return program;
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

interface BuildFlags extends Output, BuilderFlags {
  readonly shim?: ShimChoice;
  readonly wrapper?: boolean;
  readonly outDir?: string;
  readonly sourceMaps: SourceMaps;
}

function addBuild(program: Command, exit: (code: number) => void): void {
  withOutput(withBuilder(program.command("build")))
    .description("build an app into a package for Lambda; every artifact is kept in .laconic/")
    .argument("<entry>", "module that calls main(), for example app.ts")
    .option(
      "--out-dir <folder>",
      "where to keep the artifacts (default: .laconic in the entry's project)",
      absolute,
    )
    .addOption(sourceMapsOption())
    .addOption(shimOption())
    .option("--wrapper", "with the native shim: deploy to the Python runtime, for SnapStart")
    .action(async (entry: string, options: BuildFlags) => {
      exit(
        await report(options, async (reporter) => {
          const { outDir, sourceMaps, shim, wrapper } = options;
          const built = await buildApp(
            entry,
            {
              ...builderChoice(options),
              sourceMaps,
              ...(outDir && { outDir }),
              ...(shim && { shim }),
              ...(wrapper && { wrapper }),
            },
            reporter,
          );
          if (options.json) printJson({ folder: built.folder, ...built.manifest });
          return true;
        }),
      );
    });
}

interface InvokeFlags extends BuildFlags {
  readonly http?: string;
  readonly build: boolean;
  readonly times: number;
  readonly timeout?: number;
  readonly env: Record<string, string>;
}

function addInvoke(program: Command, exit: (code: number) => void): void {
  withOutput(withBuilder(program.command("invoke")))
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
    .option("--no-build", "use the last build as it is")
    .option(
      "--out-dir <folder>",
      "where the artifacts are (default: .laconic in the entry's project)",
      absolute,
    )
    .addOption(sourceMapsOption())
    .addOption(shimOption())
    .option("--wrapper", "with the native shim: deploy to the Python runtime, for SnapStart")
    .action(async (entry: string, functionName: string, event: string | undefined, options: InvokeFlags) => {
      exit(
        await report(options, async (reporter) => {
          const payload =
            options.http === undefined ? await readEvent(event) : httpEvent(options.http, event);
          const { outDir, sourceMaps, build, times, timeout, env, shim, wrapper } = options;
          const asked = {
            ...builderChoice(options),
            sourceMaps,
            build,
            times,
            env,
            ...(outDir && { outDir }),
            ...(timeout && { timeout }),
            ...(shim && { shim }),
            ...(wrapper && { wrapper }),
          };
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
    .option(
      "--out-dir <folder>",
      "where the build's artifacts are (default: .laconic in the entry's project)",
      absolute,
    )
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

function sourceMapsOption(): Option {
  return new Option(
    "--source-maps <where>",
    "where stack traces get the app's own lines from: the library, a file in the package, or symbolicate",
  )
    .choices(SOURCE_MAPS)
    .default("inline");
}

function shimOption(): Option {
  return new Option(
    "--shim <shim>",
    "how Lambda reaches the app (default: laconic.config.ts, else python)",
  ).choices(SHIM_CHOICES);
}

function withOutput(command: Command): Command {
  return command
    .option("--json", "print the result, or the error, as JSON")
    .option("-q, --quiet", "print no progress");
}

/** Runs a command's work and turns what it throws into the user's message; the only place that does. */
async function report(options: Output, work: (reporter: Reporter) => Promise<boolean>): Promise<number> {
  const reporter = new Reporter(process.stderr, Boolean(options.quiet ?? options.json));
  try {
    return (await work(reporter)) ? 0 : FAILED;
  } catch (error) {
    if (options.json) printJson({ error: errorAsJson(error) });
    else reporter.error(error);
    return isCodedError(error) && error.code === "LAC8009" ? INTERRUPTED : FAILED;
  }
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function absolute(path: string): string {
  return resolve(path);
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
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
