import app, { main as register } from "../library.js";
import type { LambdaFunction } from "../lambda.js";
import type { Service } from "../service.js";
import { asCommand } from "./as-command.js";

export * from "../library.js";

/** See the module without a command line, which is what bundlers find. */
export function main(name: string, description: string, functions: readonly LambdaFunction[]): Service {
  return asCommand(register(name, description, functions));
}

export default { ...app, main };
