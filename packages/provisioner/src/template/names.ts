import { createHash } from "node:crypto";
import { ProvisionError } from "../errors.js";

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const STAGE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

/**
 * The name of a service's stack: the service's, with what CloudFormation does not allow as dashes, and the stage's.
 * @throws {ProvisionError} LAC9001
 */
export function stackName(service: string, stage?: string): string {
  if (stage !== undefined && !STAGE.test(stage)) {
    throw new ProvisionError("LAC9001", `${JSON.stringify(stage)} cannot be the name of a stage.`, {
      hint: "Use up to 32 letters, digits and dashes, for example `--stage dev`.",
    });
  }
  const base = service.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const name = stage === undefined ? base : `${base}-${stage}`;
  if (STACK_NAME.test(name)) return name;
  throw new ProvisionError("LAC9001", `${JSON.stringify(name)} cannot be the name of a stack.`, {
    hint: "Begin the service's name with a letter, and keep it and the stage under 128 letters, digits and dashes.",
  });
}

/** A logical id's part: `get-item` -> `GetItem`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** Eight hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** A name that is at most so long: of a longer one the end is its hash. */
export function fitted(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 9)}-${shortHash(name)}`;
}

/** AWS Lambda quotas: length of a function's name. */
const MAX_FUNCTION_NAME = 64;

/** What a function is called in AWS. */
export function deployedName(stack: string, functionName: string): string {
  return fitted(`${stack}-${functionName}`.replaceAll(".", "-"), MAX_FUNCTION_NAME);
}
