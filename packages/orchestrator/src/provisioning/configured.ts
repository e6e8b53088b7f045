import { dirname, relative, resolve } from "node:path";
import type { Hooks, Monitoring } from "@laconic/provisioner";
import { loadConfig } from "../config/load-config.js";
import type { TemplateContext } from "../config/own-commands.js";
import type { ProvisionConfig, ProvisionSection } from "../config/provision-config.js";
import type { Reporter } from "../reporter.js";
import { findEntry, findProject } from "../stages/source.js";
import type { AwsFlags } from "./flags.js";

/** What the configuration says of a deployment, beside what there are flags for. */
export interface OwnParts extends Pick<ProvisionConfig, "resources" | "smoke"> {
  /** In the order in which they are called. */
  readonly hooks: readonly Pick<ProvisionConfig, "template" | "around">[];
  readonly monitoring?: Monitoring;
  /** The file, as an error would name it. */
  readonly file?: string;
}

/** Flags that the configuration knows, too. */
interface Choices extends AwsFlags {
  readonly s3Bucket?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly express?: boolean;
}

/**
 * A command's flags, with what `laconic.config.ts` says where neither a flag nor the environment says anything.
 *
 * @param entry the app's module, or a file of its project
 * @throws {LaconicError} LAC8012, LAC8013
 */
export async function configured<Flags extends Choices>(
  entry: string,
  flags: Flags,
): Promise<Flags & { readonly own: OwnParts }> {
  const project = await findProject(dirname(resolve(entry)));
  const { config, path } = await loadConfig(project);
  const { stages = {}, stage: usual, ...general }: ProvisionSection = config.provision ?? {};
  const stage = flags.stage ?? usual;
  const special: ProvisionConfig = stage !== undefined && Object.hasOwn(stages, stage) ? stages[stage]! : {};
  const both = { ...general, ...special };
  const tags = { ...general.tags, ...special.tags, ...flags.tags };
  const resources = { ...general.resources, ...special.resources };
  const smoke = { ...general.smoke, ...special.smoke };
  const monitoring = defined({
    metrics: both.metrics,
    metricNamespaces: both.metricNamespaces,
    dashboard: both.dashboard,
    alarms: both.alarms,
  });
  const file = path && relative(process.cwd(), path);
  const chosen = {
    stage,
    region: flags.region ?? (isSet("AWS_REGION", "AWS_DEFAULT_REGION") ? undefined : both.region),
    profile: flags.profile ?? (isSet("AWS_PROFILE", "AWS_ACCESS_KEY_ID") ? undefined : both.profile),
    s3Bucket: flags.s3Bucket ?? both.bucket,
    express: flags.express ?? both.express,
  };
  return {
    ...flags,
    ...defined(chosen),
    tags,
    own: { resources, smoke, hooks: [general, special], monitoring, ...(file && { file }) },
  };
}

/** The module of a command's app, and its flags. @param entry left out for the usual one */
export async function appOf<Flags extends Choices>(
  entry: string | undefined,
  flags: Flags,
  reporter: Reporter,
): Promise<[entry: string, flags: Flags & { readonly own: OwnParts }]> {
  const path = entry ?? (await findEntry(process.cwd()));
  const onCall = (call: string, milliseconds: number) =>
    reporter.debug(`${call} ${Math.round(milliseconds)} ms`);
  return [path, { ...(await configured(path, flags)), onCall }];
}

/** Flags as the user's code is given them. */
export function valuesOf(flags: object): Record<string, unknown> {
  const values: Record<string, unknown> = { ...flags };
  delete values["own"];
  delete values["onCall"];
  return values;
}

function defined<Values extends object>(values: Values) {
  type Defined = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined;
}

function isSet(...names: string[]): boolean {
  return names.some((name) => process.env[name]);
}

/** Hooks as one: each sees the template that the one before it made. */
export function joined(all: OwnParts["hooks"], context: TemplateContext): Hooks {
  return {
    template: async (first) => {
      let template = first;
      for (const hooks of all) template = (await hooks.template?.(template, context)) ?? template;
      return template;
    },
    around: async (moment, step) => {
      for (const hooks of all) await hooks.around?.(moment, step);
    },
  };
}
