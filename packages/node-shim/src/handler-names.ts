import { NodeShimError } from "./errors.js";

/**
 * The export that serves a function: Lambda splits handlers at dots, and npm's tools want identifiers. A module that
 * exported `then` would be taken for a promise by whoever imports it.
 */
export function exportName(name: string): string {
  const sanitized = name.replace(/\W+/g, "_");
  if (/^\d/.test(sanitized)) return `_${sanitized}`;
  return sanitized === "then" ? "then_" : sanitized;
}

/** Export by function name. @throws {NodeShimError} LAC6201 or LAC6202 */
export function exportNames(names: readonly string[]): ReadonlyMap<string, string> {
  if (names.length === 0) {
    throw new NodeShimError("LAC6202", "The service registers no function.", {
      hint: "Pass at least one lambda() or http() to main().",
    });
  }
  const byExport = new Map<string, string>();
  for (const name of names) {
    const exported = exportName(name);
    const other = byExport.get(exported);
    if (other !== undefined) {
      throw new NodeShimError(
        "LAC6201",
        `Functions "${other}" and "${name}" would both be index.${exported}.`,
        {
          hint: "Rename one of them.",
        },
      );
    }
    byExport.set(exported, name);
  }
  return new Map([...byExport].map(([exported, name]) => [name, exported]));
}
