import type { Message, Metafile } from "esbuild";
import type { BundleProblem } from "./errors.js";
import { importChain } from "./import-chain.js";

/** The module graph of a bundle whose missing modules were stood in for. */
export interface Graph {
  readonly metafile: Metafile;
  readonly entry: string;
}

type Explanation = Pick<BundleProblem, "code" | "message" | "hint">;

/** What a plugin of ours gives an error of its own as `detail`. */
export type ExplainedDetail = Pick<BundleProblem, "code" | "hint">;

/** The errors in the user's terms. What many places import and nobody installed is said once, of the first of them. */
export function explainAll(errors: readonly Message[], graph: Graph | undefined): BundleProblem[] {
  const places = new Map<string, Message[]>();
  errors.forEach((error, index) => {
    const specifier = unresolvedSpecifier(error.text);
    const isPackage = specifier !== undefined && !/^[./]/.test(specifier);
    const key = isPackage ? packageName(specifier) : `\0${index}`;
    places.set(key, [...(places.get(key) ?? []), error]);
  });
  return [...places.values()].map((same) => {
    const problem = explain(same[0]!, graph);
    const message = problem.message.replace(/\.$/, `, in ${same.length} places.`);
    return same.length === 1 ? problem : { ...problem, message };
  });
}

/** Says in the user's terms what an esbuild error means, with the chain of imports that leads to it. */
export function explain(error: Message, graph: Graph | undefined): BundleProblem {
  const { location } = error;
  const chain = location && graph ? importChain(graph.metafile, graph.entry, location.file) : [];
  return {
    ...explainText(error.text),
    ...(isExplained(error.detail) && error.detail),
    ...(location && {
      location: {
        file: location.file,
        line: location.line,
        column: location.column + 1,
        lineText: location.lineText,
      },
    }),
    ...(chain.length > 0 && { importChain: chain }),
  };
}

function isExplained(detail: unknown): detail is ExplainedDetail {
  return (
    typeof detail === "object" && detail !== null && "code" in detail && /^LAC/.test(String(detail.code))
  );
}

/** The specifier that an esbuild message says it could not resolve; undefined for every other message. */
export function unresolvedSpecifier(text: string): string | undefined {
  return /^Could not resolve "(.+)"$/.exec(text)?.[1];
}

function explainText(text: string): Explanation {
  const specifier = unresolvedSpecifier(text);
  if (specifier !== undefined) return explainUnresolved(specifier);
  return { code: "LAC2004", message: text };
}

function explainUnresolved(specifier: string): Explanation {
  const local = specifier.startsWith(".") || specifier.startsWith("/");
  return {
    code: "LAC2002",
    message: `The import "${specifier}" could not be found.`,
    hint: local
      ? "Check the path and the file's extension."
      : `Install it: npm install ${packageName(specifier)}`,
  };
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
