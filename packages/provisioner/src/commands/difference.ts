import type { Template } from "@awboost/cfn-template-builder/template";
import { isDeepStrictEqual } from "node:util";
import type { Aws } from "../aws/clients.js";
import { deployedTemplate, findStack, parameterOf } from "../aws/stack.js";
import { CODE_KEY } from "../template/code-parameters.js";
import { stackTags, type Prepared, type ProvisionOptions } from "./provision.js";

/** One difference between what is deployed and what would be. */
export interface Difference {
  /** For example `Resources.HelloFunction.Properties.MemorySize`, `Tags.team` or `Package`. */
  readonly path: string;
  /** Undefined when it is new. */
  readonly deployed?: unknown;
  /** Undefined when it goes. */
  readonly local?: unknown;
}

/**
 * Compares the deployed template, package and tags with the local ones. Reads only, so that a role that may do no more is
 * enough, and leaves nothing behind.
 */
export async function difference(
  aws: Aws,
  prepared: Prepared,
  options: ProvisionOptions,
): Promise<Difference[]> {
  const { stackName, template, built } = prepared;
  const stack = await findStack(aws, stackName);
  const isThere =
    stack !== undefined && !/^(REVIEW_IN_PROGRESS|DELETE_COMPLETE)$/.test(stack.StackStatus ?? "");
  const deployed = isThere ? (JSON.parse(await deployedTemplate(aws, stackName)) as Template) : {};
  const tags = Object.fromEntries(
    isThere ? (stack.Tags ?? []).map(({ Key = "", Value }) => [Key, Value]) : [],
  );
  const key = parameterOf(stack, CODE_KEY) ?? "";
  const [, packaged] = /([0-9a-f]{64})\.zip$/.exec(key) ?? [];
  return [
    ...differences("", deployed, template),
    ...differences("Tags", tags, stackTags(built, options)),
    ...differences("Package", packaged, built.sha256),
  ];
}

function differences(path: string, deployed: unknown, local: unknown): Difference[] {
  if (isDeepStrictEqual(deployed, local)) return [];
  if (!isRecord(deployed) || !isRecord(local)) return [{ path, ...given({ deployed, local }) }];
  const names = [...new Set([...Object.keys(deployed), ...Object.keys(local)])].sort();
  return names.flatMap((name) => differences(path ? `${path}.${name}` : name, deployed[name], local[name]));
}

function given(sides: { deployed: unknown; local: unknown }) {
  return Object.fromEntries(Object.entries(sides).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
