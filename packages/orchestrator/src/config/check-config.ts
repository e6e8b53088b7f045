import { LaconicError } from "../errors.js";
import { SHIM_CHOICES } from "../shims.js";
import type { LaconicConfig } from "./define-config.js";

/**
 * Holds what this package knows of the configuration against its values; sections of other packages are theirs to check.
 *
 * @throws {LaconicError} LAC8013 naming the member and what it may be
 */
export function checkConfig(config: unknown, path: string): asserts config is LaconicConfig {
  const refuse = (member: string, expected: string): never => {
    throw new LaconicError("LAC8013", `${member} in ${path} must be ${expected}.`, {
      hint: 'For example: export default defineConfig({ shim: "python", functions: { thumbnail: { shim: "node" } } }).',
    });
  };
  if (!isRecord(config)) return refuse("The default export", "an object");
  const shims = SHIM_CHOICES.map((name) => `"${name}"`).join(", ");
  if (!isShim(config["shim"])) refuse('"shim"', `one of ${shims}`);
  const { wrapper = false, functions = {} } = config;
  if (typeof wrapper !== "boolean") refuse('"wrapper"', "true or false");
  if (!isRecord(functions)) return refuse('"functions"', "an object by function name");
  for (const [name, settings] of Object.entries(functions)) {
    if (!isRecord(settings)) return refuse(`"functions.${name}"`, "an object");
    if (!isShim(settings["shim"])) refuse(`"functions.${name}.shim"`, `one of ${shims}`);
  }
}

function isShim(value: unknown): boolean {
  return value === undefined || SHIM_CHOICES.some((name) => name === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
