import type { Message, Metafile } from "esbuild";
import { findBuiltin } from "./builtins.js";
import type { BundleProblem } from "./errors.js";
import { importChain } from "./import-chain.js";

/** The module graph of a bundle whose missing modules were stood in for. */
export interface Graph {
  readonly metafile: Metafile;
  readonly entry: string;
}

type Explanation = Pick<BundleProblem, "code" | "message" | "hint">;

/** Says in the user's terms what an esbuild error means, with the chain of imports that leads to it. */
export function explain(error: Message, graph: Graph | undefined): BundleProblem {
  const { location } = error;
  const chain = location && graph ? importChain(graph.metafile, graph.entry, location.file) : [];
  return {
    ...explainText(error.text),
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

/** The specifier that an esbuild message says it could not resolve; undefined for every other message. */
export function unresolvedSpecifier(text: string): string | undefined {
  return /^Could not resolve "(.+)"$/.exec(text)?.[1];
}

function explainText(text: string): Explanation {
  const specifier = unresolvedSpecifier(text);
  if (specifier !== undefined) return explainUnresolved(specifier);
  if (/No loader is configured for "\.node" files/.test(text)) {
    return {
      code: "LAC2003",
      message: "A native addon (.node) cannot be loaded into the library.",
      hint: "Use a package without native code, or deploy this app with the managed Node runtime.",
    };
  }
  return { code: "LAC2004", message: text };
}

function explainUnresolved(specifier: string): Explanation {
  const builtin = findBuiltin(specifier);
  if (builtin?.support === "unsupported") {
    return {
      code: "LAC2001",
      message: `The Node built-in "${specifier}" is not available in the library: ${builtin.reason}.`,
      hint: `${builtin.wayOut}.`,
    };
  }
  if (specifier.startsWith("node:")) {
    return { code: "LAC2001", message: `"${specifier}" is not a Node built-in.`, hint: "Check the name." };
  }
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
