import { InvalidArgumentError, Option, type Command } from "commander";
import { buildChoice, withBuild, type BuildFlags } from "../build-flags.js";
import { withOutput, type Output } from "../command-report.js";
import { wrongTag } from "../config/check-provision.js";
import type { AppBuildOptions } from "./built-service.js";
import type { OwnParts } from "./configured.js";

/** Where a command looks for AWS. A flag comes before the environment. */
export interface AwsFlags extends Output {
  /** Told of each call to AWS. */
  readonly onCall?: (call: string, milliseconds: number) => void;
  readonly region?: string;
  readonly profile?: string;
  readonly stage?: string;
  /** Milliseconds between two looks at CloudFormation. */
  readonly poll?: number;
}

/** How an app is built before it is deployed. */
export interface AppFlags extends AwsFlags, BuildFlags {
  /** Of the configuration. */
  readonly own?: OwnParts;
  readonly build: boolean;
}

export interface ProvisionFlags extends AppFlags {
  readonly s3Bucket?: string;
  readonly buildID?: string;
  readonly noop?: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly express?: boolean;
  readonly yes?: boolean;
  readonly hooks?: string;
}

export function withAws(command: Command): Command {
  return withOutput(command)
    .option("--region <region>", "AWS region (default: AWS_REGION, AWS_DEFAULT_REGION or the profile's)")
    .option("--profile <name>", "profile of ~/.aws/config (default: AWS_PROFILE)")
    .addOption(new Option("--stage <name>", "part of the stack's name, for example dev").env("LACONIC_STAGE"))
    .addOption(
      new Option("--poll <milliseconds>", "how often CloudFormation is asked").argParser(Number).hideHelp(),
    );
}

export function withApp(command: Command): Command {
  return withAws(withBuild(command)).option("--no-build", "use the last build as it is");
}

export function bucketOption(description: string): Option {
  return new Option("-s, --s3Bucket <name>", description).env("LACONIC_S3_BUCKET").argParser(bucketName);
}

export function appBuild(flags: AppFlags): AppBuildOptions {
  return { ...buildChoice(flags), build: flags.build };
}

/** S3's own rules, which it tells only after everything was built. */
function bucketName(text: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)) return text;
  throw new InvalidArgumentError("It must have 3 to 63 lower-case letters, digits, dots and dashes.");
}

/** `--tags team=web,cost=42`, as often as wanted. */
export function tags(text: string, previous: Record<string, string>): Record<string, string> {
  const given = text.split(",").map((pair) => {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    if (key === undefined || value === undefined)
      throw new InvalidArgumentError("Write it as key=value,key=value.");
    const wrong = wrongTag(key, value);
    if (wrong) throw new InvalidArgumentError(`The tag ${key} must be ${wrong}.`);
    return [key, value] as const;
  });
  return { ...previous, ...Object.fromEntries(given) };
}
