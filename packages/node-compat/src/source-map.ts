import { dirname, relative, resolve } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

interface RawMap {
  readonly version: number;
  readonly sources: readonly (string | null)[];
  readonly mappings: string;
}

/**
 * The part of a bundle's source map that stack traces need: no texts, no names, and sources called as a reader
 * of a trace wants them, relative to the project.
 *
 * @param map version 3, JSON, with sources relative to the folder of `outfile`
 * @param root the project's folder; absolute, as `outfile` is
 */
export function traceMap(map: string, { outfile, root }: { outfile: string; root: string }): string {
  const { version, sources, mappings } = JSON.parse(map) as RawMap;
  const named = sources.map((source) => source && nameOf(source, dirname(outfile), root));
  return JSON.stringify({ version, sources: named, names: [], mappings });
}

function nameOf(source: string, folder: string, root: string): string {
  // Made-up modules have names such as `laconic-required:node:fs`, which are no paths.
  if (/^[\w-]{2,}:/.test(source)) return source;
  const path = relative(root, resolve(folder, source)).replaceAll("\\", "/");
  // Where a package is installed differs between machines, and the same app has to give the same library on all.
  return path.slice(Math.max(0, path.lastIndexOf("node_modules/")));
}

/**
 * Puts the author's files, lines and columns in the place of the bundle's in any text: a stack trace, a log, JSON.
 * What the map does not know stays as it is.
 *
 * @param map what {@link traceMap} made
 * @param bundleName what the text calls the bundle, for example `app.lambda.mjs`
 */
export function symbolicate(text: string, map: string, bundleName: string): string {
  const trace = new TraceMap(map);
  const place = new RegExp(
    `(?<![\\w./-])${bundleName.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}:(\\d+):(\\d+)`,
    "g",
  );
  return text.replace(place, (found, line: string, column: string) => {
    // A trace counts columns from 1, a map from 0.
    const original = originalPositionFor(trace, { line: Number(line), column: Number(column) - 1 });
    return original.source === null ? found : `${original.source}:${original.line}:${original.column + 1}`;
  });
}
