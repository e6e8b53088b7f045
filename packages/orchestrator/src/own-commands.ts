import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Option, type Command } from "commander";
import { report } from "./command-report.js";
import { findConfig, loadConfig, type LoadedConfig } from "./config/load-config.js";
import type { OwnCommand } from "./config/own-commands.js";
import { LaconicError } from "./errors.js";
import { appOf, valuesOf } from "./provisioning/configured.js";
import { withApp, type AppFlags } from "./provisioning/flags.js";
import type { Reporter } from "./reporter.js";
import { findProject } from "./stages/source.js";

/** Commands of which a template is the outcome: hooks over it are given the user's flags. */
const TEMPLATE_COMMANDS = ["provision", "template", "diff"];

/**
 * The commands and flags that the project's configuration adds, put beside Laconic's.
 *
 * @param entry the app's module when it is run itself; else the project is that of the current folder
 * @throws {LaconicError} LAC8012, LAC8013
 */
export async function addOwnCommands(
  program: Command,
  entry: string | undefined,
  exit: (code: number) => void,
): Promise<void> {
  const { config, path } = await configWithCommands(entry);
  const where = path ?? "";
  for (const name of TEMPLATE_COMMANDS) {
    const command = program.commands.find((one) => one.name() === name);
    if (command) addFlags(command, config.provision?.flags, where);
  }
  for (const [name, own] of Object.entries(config.commands ?? {})) {
    if (program.commands.some((command) => command.name() === name) || name === "help")
      throw taken(`The command "${name}"`, where);
    addCommand(program, name, own, where, exit);
  }
}

/** Most configurations add none: evaluating them takes longer than many a command. */
async function configWithCommands(entry: string | undefined): Promise<LoadedConfig> {
  const project = await findProject(entry === undefined ? process.cwd() : dirname(entry));
  const path = findConfig(project);
  const text = path === undefined ? "" : await readFile(path, "utf8").catch(() => "");
  if (!/\b(commands|flags)\b/.test(text)) return { path, config: {} };
  return loadConfig(project);
}

function addCommand(
  program: Command,
  name: string,
  { description, args, flags, run }: OwnCommand,
  where: string,
  exit: (code: number) => void,
): void {
  const command = withApp(program.command(name))
    .description(description)
    .argument("[entry]", "the app's module");
  if (args) command.arguments(args);
  addFlags(command, flags, where);
  command.action(async (entry: string | undefined, ...rest: unknown[]) => {
    const given = command.opts<AppFlags>();
    const work = async (reporter: Reporter) => {
      const [path, settings] = await appOf(entry, given, reporter);
      const outputs = async () =>
        (await import("./provisioning/stack-of-app.js")).outputsOfApp(path, settings);
      // Behind the arguments come commander's options and the command itself.
      const texts = rest
        .slice(0, -2)
        .flat()
        .filter((text) => text !== undefined) as string[];
      await run({ entry: path, args: texts, flags: valuesOf(settings), outputs });
      return true;
    };
    exit(await report(given, (reporter) => asOwnFailure(name, () => work(reporter))));
  });
}

/** What the user's code throws is not a fault of Laconic's. */
async function asOwnFailure(name: string, work: () => Promise<boolean>): Promise<boolean> {
  return work().catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && /^LAC\d{4}$/.test(String(cause.code))) throw cause;
    const { message, stack } = cause instanceof Error ? cause : { message: String(cause), stack: undefined };
    throw new LaconicError("LAC8016", `The command "${name}" failed: ${message}`, {
      ...(stack && { frame: stack }),
      hint: "It is yours: see `commands` in laconic.config.ts.",
      cause,
    });
  });
}

function addFlags(command: Command, flags: Readonly<Record<string, string>> = {}, where: string): void {
  for (const [flag, purpose] of Object.entries(flags)) {
    const option = new Option(flag, purpose);
    const isTaken = command.options.some(
      ({ long, short }) => long === option.long || (short && short === option.short),
    );
    if (isTaken) throw taken(`The flag "${flag}"`, where);
    command.addOption(option);
  }
}

function taken(what: string, where: string): LaconicError {
  return new LaconicError("LAC8013", `${what} in ${where} is one of Laconic's own.`, {
    hint: "Give it another name.",
  });
}
