import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { ProvisionError } from "../errors.js";
import type { Reference } from "../registration.js";
import type { Monitoring } from "../monitoring.js";
import type { DeploymentTarget, FunctionDefinition, Statement } from "../service.js";
import type { CodePackage } from "./code-parameters.js";
import type { StackTemplate } from "./stack-template.js";

/** Something that functions refer to by its name. */
export interface NamedResource {
  /** CloudFormation's type of it. */
  readonly type: string;
  readonly ref: unknown;
  readonly arn: unknown;
}

/** What the parts of a template share while it is put together. */
export interface Scope {
  readonly template: StackTemplate;
  readonly stackName: string;
  readonly stage: string | undefined;
  /** Of the service's metrics. */
  readonly namespace: string;
  readonly monitoring: Monitoring;
  readonly target: DeploymentTarget;
  /** The first is that of functions which name none. */
  readonly packages: readonly CodePackage[];
  /** Resources by the names that functions use for them. */
  readonly named: Map<string, NamedResource>;
  /** Functions by their names, for those that name no resource. */
  readonly functions: Map<string, NamedResource>;
}

/** A function and what has been made of it so far. */
export interface DeployedFunction {
  readonly definition: FunctionDefinition;
  /** Begins the logical ids of all that belongs to it. */
  readonly id: string;
  /** How an error names it. */
  readonly owner: string;
  /** ARN of what is invoked: the function's, or its alias's. */
  readonly arn: unknown;
  /** Logical id of its alias, when its versions are published. */
  readonly alias?: string;
  /** What its event sources need; nothing when it has a role of the user's. */
  readonly statements: PolicyStatement[];
}

/** One statement of a policy, as IAM writes it. */
export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  /** By operator and key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export function allow(actions: readonly string[], resources: readonly unknown[]): PolicyStatement {
  return { Effect: "Allow", Action: actions, Resource: resources };
}

/** An error about a function, at the place where it is registered. */
export function cannotDeploy(definition: FunctionDefinition, message: string, hint: string): ProvisionError {
  return new ProvisionError("LAC9005", `Function "${definition.name}": ${message}`, {
    frame: definition.place,
    hint,
  });
}

/** The package that a function is in. @throws {ProvisionError} LAC9005 */
export function packageOf({ packages }: Scope, definition: FunctionDefinition): CodePackage {
  const name = definition.package;
  const found = name === undefined ? packages[0] : packages.find((one) => one.name === name);
  if (found) return found;
  const names = packages.map((one) => one.name).join(", ");
  throw cannotDeploy(
    definition,
    `its package ${name ?? ""} is none of the build's.`,
    `The build made: ${names || "none"}.`,
  );
}

/** The resource of a name. @throws {ProvisionError} LAC9006 */
export function lookUp(scope: Scope, definition: FunctionDefinition, name: string): NamedResource {
  const found = scope.named.get(name) ?? scope.functions.get(name);
  if (found) return found;
  const known = [...scope.named.keys(), ...scope.functions.keys()];
  throw new ProvisionError(
    "LAC9006",
    `Function "${definition.name}" refers to "${name}", which is no resource of the stack.`,
    {
      frame: definition.place,
      hint:
        known.length === 0
          ? "Name it by its ARN."
          : `The stack has: ${known.join(", ")}. Name others by their ARN.`,
    },
  );
}

/**
 * Whether a name needs no resource to be made: it is an ARN, or the stack holds one of the type.
 * @throws {ProvisionError} LAC9005 when what it holds is of another type
 */
export function isThere(
  { named }: Scope,
  definition: FunctionDefinition,
  name: string,
  type: string,
): boolean {
  const held = named.get(name);
  if (name.startsWith("arn:") || held?.type === type) return true;
  if (held === undefined) return false;
  throw cannotDeploy(
    definition,
    `"${name}" is an ${held.type} of the stack, and should be an ${type} as well.`,
    "Give each its own name.",
  );
}

/** The ARN of a resource that is given by its name or its ARN. */
export function arnOf(scope: Scope, definition: FunctionDefinition, target: string | Reference): unknown {
  if (typeof target === "string")
    return target.startsWith("arn:") ? target : lookUp(scope, definition, target).arn;
  const suffix = target.suffix ?? "";
  switch (target.reference) {
    case "parameter":
      return here("ssm", `parameter/${target.name.replace(/^\//, "")}`);
    case "secret":
      return secretArn(target.name);
    default: {
      const arn = lookUp(scope, definition, target.name).arn;
      return suffix === "" ? arn : Fn.join("", [arn, suffix]);
    }
  }
}

/** Secrets Manager appends six characters to a secret's name. */
function secretArn(name: string): unknown {
  if (name.startsWith("arn:")) return name;
  return here("secretsmanager", `secret:${name}-??????`);
}

/** A text with `${names}` of the template in it. */
export function sub(text: string): unknown {
  return { "Fn::Sub": text };
}

/** The ARN of something in the stack's account and region. */
export function here(service: string, resource: string): unknown {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}

/** A statement that the user wrote, as IAM takes it. */
export function userStatement(
  scope: Scope,
  definition: FunctionDefinition,
  { actions, resources }: Statement,
): PolicyStatement {
  const written = resources.map((resource) => (resource === "*" ? "*" : arnOf(scope, definition, resource)));
  return allow(actions, written);
}
