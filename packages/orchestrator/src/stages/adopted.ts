import { relative } from "node:path";
import { rewrite } from "@laconic/rewriter";
import { RewriteError } from "./rewrite.js";
import type { Source } from "./source.js";

/**
 * An existing handler file or HTTP app as a Laconic app, in memory: what it exports or serves is registered, and the file
 * stays as it is. A file that is a Laconic app already comes back unchanged.
 *
 * @throws {RewriteError} for what cannot be adopted
 */
export function adopted(source: Source): Source {
  const path = relative(source.project, source.entry);
  const { text, diagnostics } = rewrite({ path, text: source.text }, { transform: "adopt" });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first, ...rest] = errors;
  if (first) throw new RewriteError([first, ...rest]);
  // The project of a plain handler need not have the runtime installed.
  return text === source.text ? source : { ...source, text, runtimeFrom: import.meta.dirname };
}
