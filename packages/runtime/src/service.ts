import {
  nodeHandler,
  streamingHandler,
  unknownFunction,
  type Registry,
  type ResponseSink,
} from "@laconic/dispatcher";
import type { Context } from "aws-lambda";
import { RegistrationError } from "./errors.js";
import type { LambdaFunction } from "./lambda.js";
import { checkNamesDiffer } from "./names.js";

/** What `main()` registered. */
export interface Service {
  readonly name: string;
  readonly description: string;
  readonly functions: readonly LambdaFunction[];
  /**
   * The function as a plain Lambda handler for the managed Node runtime:
   * `export const hello = service.handler("hello")`.
   * @throws DispatchError LAC3001 when there is no such function
   */
  handler(functionName: string): (event: unknown, context: Context) => Promise<unknown>;
  /** The same for a host that takes the answer while it is written. @throws DispatchError LAC3001 */
  streamingHandler(
    functionName: string,
  ): (event: unknown, context: Context, sink: ResponseSink) => Promise<void>;
}

/** @throws RegistrationError LAC3101, LAC3103, LAC3104, LAC3109 or LAC3110 */
export function createRegistry(
  name: string,
  description: string,
  functions: readonly LambdaFunction[],
): Registry {
  if (typeof name !== "string" || name === "" || typeof description !== "string") {
    throw new RegistrationError(
      "LAC3109",
      "The service needs a name and a description",
      'Call main("Name", "what it does", [functions]).',
    );
  }
  if (!Array.isArray(functions) || functions.length === 0) {
    throw new RegistrationError(
      "LAC3101",
      "No lambda functions provided",
      `List at least one function: main("${name}", "${description}", [lambda("hello", handler)]).`,
    );
  }
  functions.forEach(checkMember);
  checkNamesDiffer(functions.map((member: LambdaFunction) => member.name));
  return {
    name,
    description,
    functions: new Map(functions.map((member: LambdaFunction) => [member.name, member])),
  };
}

export function createService(registry: Registry, functions: readonly LambdaFunction[]): Service {
  const find = (functionName: string) => {
    const target = registry.functions.get(functionName);
    if (target === undefined) throw unknownFunction(registry, functionName);
    return target;
  };
  return {
    name: registry.name,
    description: registry.description,
    functions,
    handler: (functionName) => nodeHandler(find(functionName)),
    streamingHandler: (functionName) => streamingHandler(find(functionName)),
  };
}

function checkMember(member: unknown, index: number): void {
  if (typeof (member as Partial<LambdaFunction> | null)?.adapter === "object") return;
  throw new RegistrationError(
    "LAC3110",
    `Item ${index} of the function list is ${typeof member === "function" ? "a bare function" : String(member)}`,
    "Wrap each one in lambda(name, handler) or http(name, app).",
  );
}
