import { run } from "@laconic/orchestrator/cli";

/**
 * The command of an app that is run itself. The process ends with it: the app may have opened what would keep it alive.
 *
 * @param {string} entry path of the app's module
 * @param {readonly string[]} args
 */
export async function runApp(entry, args) {
  const code = await run(args, entry);
  // Not before what was written is out.
  process.stdout.write("", () => process.exit(code));
}
