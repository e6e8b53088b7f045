import { ProvisionError } from "../errors.js";
import type { FunctionDefinition } from "../service.js";
import { fromAws, isNamed } from "./aws-errors.js";
import type { Aws } from "./clients.js";

/**
 * Whether the roles that functions name are there and let Lambda take them on.
 *
 * @returns how many
 * @throws {ProvisionError} LAC9021
 */
export async function verifyRoles(aws: Aws, functions: readonly FunctionDefinition[]): Promise<number> {
  const named = new Map(
    functions.flatMap((definition) =>
      definition.options.role === undefined ? [] : [[definition.options.role, definition] as const],
    ),
  );
  await Promise.all([...named].map(([role, definition]) => verifyRole(aws, role, definition)));
  return named.size;
}

async function verifyRole(aws: Aws, role: string, definition: FunctionDefinition): Promise<void> {
  const name = role.slice(role.lastIndexOf("/") + 1);
  const { AssumeRolePolicyDocument = "" } = (await readRole(aws, name, definition)) ?? {};
  if (trustsLambda(decodeURIComponent(AssumeRolePolicyDocument))) return;
  throw unusable(
    definition,
    `its role ${name} does not trust Lambda.`,
    'Let it be taken on: {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}, or leave the option out: a role is made.',
  );
}

async function readRole(aws: Aws, name: string, definition: FunctionDefinition) {
  const iam = await aws.client("iam");
  try {
    return (await iam.getRole({ RoleName: name })).Role;
  } catch (error) {
    if (!isNamed(error, "NoSuchEntity", "NoSuchEntityException"))
      throw fromAws(error, `Reading the role ${name}`);
    throw unusable(
      definition,
      `there is no role ${name} in this account.`,
      "Make the role, correct its name, or leave the option out: a role is made.",
      error,
    );
  }
}

interface TrustStatement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
}

function trustsLambda(document: string): boolean {
  const { Statement = [] } = JSON.parse(document || "{}") as {
    Statement?: TrustStatement | TrustStatement[];
  };
  return [Statement].flat().some(({ Effect, Principal }) => {
    if (Effect !== "Allow") return false;
    if (typeof Principal === "string") return Principal === "*";
    return [Principal?.Service ?? []].flat().includes("lambda.amazonaws.com");
  });
}

function unusable(
  definition: FunctionDefinition,
  why: string,
  hint: string,
  cause?: unknown,
): ProvisionError {
  return new ProvisionError("LAC9021", `Function "${definition.name}" cannot be deployed: ${why}`, {
    frame: definition.place,
    hint,
    cause,
  });
}
