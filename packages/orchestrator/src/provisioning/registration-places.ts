import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

/** The call that registers a function, up to its name, which holds no quotes or braces. */
const REGISTRATION = /\b(?:lambda|http)\s*(?:<[^()]*>)?\s*\(\s*["'`]([\w.-]+)["'`]/g;

/**
 * Where the app registers each function, for example `src/app.ts:12`, as far as the calls name them in so many words. Read
 * from the source map of the bundle, which holds every module that the app imports.
 *
 * @param map path of the bundle's source map
 */
export async function registrationPlaces(map: string, project: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(map, "utf8").catch(() => "{}");
  const { sources = [], sourcesContent = [] } = JSON.parse(text) as {
    sources?: string[];
    sourcesContent?: (string | null)[];
  };
  const places = new Map<string, string>();
  sources.forEach((source, index) => {
    const file = relative(project, resolve(dirname(map), source));
    if (file.split(/[\\/]/).includes("node_modules") || file.startsWith("..")) return;
    for (const [name, line] of registrations(sourcesContent[index] ?? "")) {
      if (!places.has(name)) places.set(name, `${join(file)}:${line}`);
    }
  });
  return places;
}

function* registrations(text: string): Generator<[name: string, line: number]> {
  for (const match of text.matchAll(REGISTRATION)) {
    yield [match[1]!, text.slice(0, match.index).split("\n").length];
  }
}
