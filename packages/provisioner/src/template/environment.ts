import { ProvisionError } from "../errors.js";
import type { Reference } from "../registration.js";
import type { FunctionDefinition } from "../service.js";
import { SINK_VARIABLE } from "./published-metrics.js";
import { arnOf, lookUp, type Scope } from "./scope.js";

/** CloudFormation would put the value in the function's configuration, where everybody reads it who may look at it. */
const RESOLVED_SECRET = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** The function's variables. Its own come before those of the shim and of the stack. */
export function environmentOf(
  scope: Scope,
  definition: FunctionDefinition,
): Record<string, string> | undefined {
  const given = Object.entries(definition.options.environment ?? {}).map(
    ([name, value]) => [name, valueOf(scope, definition, name, value)] as const,
  );
  const { metrics } = scope.monitoring;
  const own = { ...(metrics && { [SINK_VARIABLE]: metrics }) };
  const all = { ...own, ...definition.shimEnvironment, ...Object.fromEntries(given) };
  return Object.keys(all).length === 0 ? undefined : all;
}

function valueOf(
  scope: Scope,
  definition: FunctionDefinition,
  variable: string,
  value: string | Reference,
): string {
  if (typeof value === "string") {
    if (!RESOLVED_SECRET.test(value)) return value;
    throw new ProvisionError(
      "LAC9007",
      `Variable ${variable} of function "${definition.name}" would hold the value of a secret.`,
      {
        frame: definition.place,
        hint: `Pass its name: environment: { ${variable}: secret("name") } or parameter("/name"), and read it when the function starts.`,
      },
    );
  }
  switch (value.reference) {
    // Names are no secrets. The function's role may read what is named so.
    case "parameter":
    case "secret":
      return value.name;
    case "arn":
      return arnOf(scope, definition, value) as string;
    case "ref":
      return lookUp(scope, definition, value.name).ref as string;
  }
}
