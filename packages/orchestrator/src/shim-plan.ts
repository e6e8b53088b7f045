import { join } from "node:path";
import { check } from "@laconic/node-compat";
import type { LaconicConfig } from "./config/define-config.js";
import type { ShimChoice, ShimName, ShimPlan } from "./shims.js";
import type { Source } from "./stages/source.js";

/** What decides which shims an app is built for. */
export interface ShimWish {
  /** Of the command line; it wins over the configuration, for every function. */
  readonly shim?: ShimChoice;
  readonly wrapper?: boolean;
  readonly config: LaconicConfig;
}

/** A plan, and why `auto` decided as it did. */
export interface DecidedPlan extends ShimPlan {
  readonly reason?: string;
}

/** Decides: the command line, else the configuration, else `python`; what `auto` means is read from the app. */
export async function planShims(source: Source, { shim, wrapper, config }: ShimWish): Promise<DecidedPlan> {
  const wanted = shim ?? config.shim ?? "python";
  const functions = shim === undefined ? (config.functions ?? {}) : {};
  const own = Object.entries(functions).flatMap(([name, settings]) =>
    settings.shim === undefined ? [] : [[name, settings.shim] as const],
  );
  const isAsked = [wanted, ...own.map(([, choice]) => choice)].includes("auto");
  const automatic = isAsked ? await automaticShim(source) : undefined;
  const decided = (choice: ShimChoice): ShimName => (choice === "auto" ? automatic!.shim : choice);
  return {
    shim: decided(wanted),
    ...(own.length > 0 && {
      functions: Object.fromEntries(own.map(([name, choice]) => [name, decided(choice)])),
    }),
    ...((wrapper ?? config.wrapper) && { wrapper: true }),
    ...(automatic && { reason: automatic.reason }),
  };
}

/** `python`, unless the app surely reaches something that the library lacks. */
async function automaticShim(source: Source): Promise<{ shim: ShimName; reason: string }> {
  const { entry, project, name } = source;
  const { findings } = await check({
    entry,
    root: project,
    outfile: join(project, ".laconic", `${name}.mjs`),
  });
  const lacking = findings.filter(({ reached, kind }) => reached === "load" && kind !== "dynamic-require");
  const [first] = lacking;
  if (first === undefined) return { shim: "python", reason: "the library can hold all that the app reaches" };
  const place = first.location ? ` (${first.location.file}:${first.location.line})` : "";
  const more = lacking.length > 1 ? `, and ${lacking.length - 1} more` : "";
  return { shim: "node", reason: `${first.message}${place}${more}` };
}
