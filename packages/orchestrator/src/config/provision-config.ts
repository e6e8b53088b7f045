import type { Hooks, Monitoring, UserResource } from "@laconic/provisioner";
import type { TemplateContext } from "./own-commands.js";

type Template = Parameters<NonNullable<Hooks["template"]>>[0];

/** Where and how an app is deployed. A flag comes before the environment, that before this, and this before the default. */
export interface ProvisionConfig extends Monitoring {
  /** AWS region; before it come `--region`, AWS_REGION and AWS_DEFAULT_REGION. */
  readonly region?: string;
  /** Of `~/.aws/config`; before it come `--profile` and credentials or AWS_PROFILE in the environment. */
  readonly profile?: string;
  /** Bucket for packages; before it come `--s3Bucket` and LACONIC_S3_BUCKET. */
  readonly bucket?: string;
  /** Of the stack and of all in it; those of `--tags` are added. */
  readonly tags?: Readonly<Record<string, string>>;
  /** See `--express`. */
  readonly express?: boolean;
  /** Events by function: when the stack has changed, each function is invoked with its event, and must answer. */
  readonly smoke?: Readonly<Record<string, unknown>>;
  /** Resources of your own by logical id, which functions may name: `{ Orders: { Type: "AWS::DynamoDB::Table", ... } }`. */
  readonly resources?: Readonly<Record<string, UserResource>>;
  /** Sees the finished template; what it returns is deployed, or the same object when it returns nothing. */
  readonly template?: (
    template: Template,
    context: TemplateContext,
  ) => Template | undefined | Promise<Template | undefined>;
  /** Called before and after each step. */
  readonly around?: NonNullable<Hooks["around"]>;
}

/** The section `provision` of `laconic.config.ts`. */
export interface ProvisionSection extends ProvisionConfig {
  /** Part of the stack's name; before it come `--stage` and LACONIC_STAGE. */
  readonly stage?: string;
  /** Flags that `provision`, `template` and `diff` take besides; the hook over the template is given their values. */
  readonly flags?: Readonly<Record<string, string>>;
  /** What is different in a stage, by its name: it comes before the rest of the section. Tags and resources are added. */
  readonly stages?: Readonly<Record<string, ProvisionConfig>>;
}

/** Parts of the section that are texts. */
export const TEXTS = ["region", "profile", "bucket"] as const satisfies readonly (keyof ProvisionConfig)[];
/** Parts of the section that are called. */
export const CALLED = ["template", "around"] as const satisfies readonly (keyof ProvisionConfig)[];
