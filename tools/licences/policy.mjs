// Which licences what we ship may have. The list is deny.toml's, so that cargo-deny and this agree.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import satisfies from "spdx-satisfies";
import { parse } from "smol-toml";
import { root } from "../workspace.mjs";

/** The licences that deny.toml allows, as SPDX names them. */
export const ALLOWED = parse(readFileSync(join(root, "packages/engine/deny.toml"), "utf8")).licenses.allow;

/**
 * An SPDX expression of what a manifest says: crates of old write a slash for "or".
 *
 * @throws {Error} when there is none, or one that is no expression or asks for a licence that is not allowed
 */
export function allowedLicense(name, license) {
  if (!license)
    throw new Error(`${name} names no licence: look at its files, and leave it out or record what they say`);
  const expression = license.replaceAll(/(?<=\S)\s*\/\s*(?=\S)/g, " OR ");
  if (!isSatisfied(expression)) {
    throw new Error(
      `${name} is licensed as "${license}", which packages/engine/deny.toml does not allow: ` +
        "replace it, or add the licence there when it may be shipped",
    );
  }
  return expression;
}

function isSatisfied(expression) {
  try {
    return satisfies(expression, ALLOWED);
  } catch {
    return false; // No SPDX expression: "SEE LICENSE IN ...", a name of its own.
  }
}
