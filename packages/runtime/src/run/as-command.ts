import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { RegistrationError } from "../errors.js";
import type { Service } from "../service.js";

/** What `@laconic/cli/app` exports: the command, for the app that is run. */
interface AppCommand {
  runApp(entry: string, args: readonly string[]): Promise<void>;
}

/** An app may register two services; its command line is one. */
let isRun = false;

/**
 * Makes an app that is run, and not imported, its own command: `node app.ts provision` is `laconic provision app.ts`. The
 * command starts when the module has been evaluated.
 *
 * @throws RegistrationError LAC3113 when the command is not installed
 */
export function asCommand(service: Service): Service {
  const [, entry, ...args] = process.argv;
  if (entry === undefined || args.length === 0 || isRun || !isCalledBy(entry)) return service;
  isRun = true;
  const command = commandFor(entry);
  void import(command).then((loaded: AppCommand) => loaded.runApp(entry, args));
  return service;
}

/** The command that is installed beside the app: it need not be where this package finds it. */
function commandFor(entry: string): string {
  try {
    return pathToFileURL(createRequire(entry).resolve("@laconic/cli/app")).href;
  } catch {
    throw new RegistrationError(
      "LAC3113",
      `${entry} is run with arguments, and @laconic/cli is not installed`,
      "Install it with `npm install --save-dev @laconic/cli`, or run the file without arguments.",
    );
  }
}

/** Frames of this package at most, before the one that called it. */
const DEEPEST_CALL = 20;

const OWN_FOLDER = fileURLToPath(new URL("..", import.meta.url));

/**
 * Whether the function that called `main` is of a module. What else is on the stack does not count: it may be a script that loads
 * the app for reasons of its own, and whose arguments are not ours. The module's own name counts, not that of its source map.
 */
function isCalledBy(module: string): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = DEEPEST_CALL;
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName());
    const files = new Error().stack as unknown as (string | null)[];
    const caller = files.map((file) => pathOf(file ?? "")).find((path) => !path.startsWith(OWN_FOLDER));
    return caller === realpathSync(module);
  } catch {
    // What was run is no file, as with `node --eval`.
    return false;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file.replace(/[?#].*$/, "")) : file;
}
