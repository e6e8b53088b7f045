import { RegistrationError } from "./errors.js";

/** Lambda allows 64 characters in a function's name. */
const NAME = /^[A-Za-z_][\w.-]{0,63}$/;

/** @throws RegistrationError LAC3102 */
export function checkFunctionName(name: unknown): asserts name is string {
  if (typeof name === "string" && NAME.test(name)) return;
  throw new RegistrationError(
    "LAC3102",
    `${typeof name === "string" ? JSON.stringify(name) : String(name)} cannot be the name of a function`,
    "Use a letter or _, then up to 63 letters, digits, _, - or . in all.",
  );
}

/** The function's name in the generated shims: `get-item` -> `get_item`. */
export function shimIdentifier(name: string): string {
  return name.replace(/\W+/g, "_");
}

/** @throws RegistrationError LAC3103 for a name used twice, LAC3104 for two names that one shim cannot tell apart */
export function checkNamesDiffer(names: readonly string[]): void {
  const taken = new Map<string, string>();
  for (const name of names) {
    const identifier = shimIdentifier(name);
    const other = taken.get(identifier);
    if (other === name) {
      throw new RegistrationError(
        "LAC3103",
        `Two functions are named "${name}"`,
        "Give each function in the list its own name.",
      );
    }
    if (other !== undefined) {
      throw new RegistrationError(
        "LAC3104",
        `Functions "${other}" and "${name}" would both be called ${identifier} in the generated shim`,
        "Make the names differ in more than punctuation.",
      );
    }
    taken.set(identifier, name);
  }
}
