import type { EngineFeature } from "./builder.js";
import { BuilderError } from "./errors.js";

/** What an app uses of its engine, as far as its bundle tells. */
export interface AppReach {
  /** Built-in modules, without `node:`. */
  readonly modules: ReadonlySet<string>;
  /** Names on the global object. */
  readonly globals: ReadonlySet<string>;
}

/**
 * The features that an app can reach, with what they bring along, in the engine's order.
 *
 * @param named features that the user asks for besides; `all` is every one
 * @throws {BuilderError} LAC5009 when the engine has no feature of such a name
 */
export function selectFeatures(
  features: readonly EngineFeature[],
  reach: AppReach,
  named: readonly string[] = [],
): readonly string[] {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const unknown = named.filter((name) => name !== "all" && !byName.has(name));
  if (unknown.length > 0) throw noSuchFeature(unknown, features);
  const selected = new Set<string>();
  const select = (name: string) => {
    if (selected.has(name)) return;
    selected.add(name);
    byName.get(name)?.requires.forEach(select);
  };
  const everything = named.includes("all");
  features.filter((feature) => everything || isReached(feature, reach)).forEach(({ name }) => select(name));
  named.forEach(select);
  return features.map(({ name }) => name).filter((name) => selected.has(name));
}

function isReached({ modules, globals }: EngineFeature, reach: AppReach): boolean {
  return modules.some((name) => reach.modules.has(name)) || globals.some((name) => reach.globals.has(name));
}

function noSuchFeature(names: readonly string[], features: readonly EngineFeature[]): BuilderError {
  return new BuilderError(
    "LAC5009",
    `The engine has no feature ${names.map((name) => `"${name}"`).join(", ")}.`,
    {
      hint: `It has: ${features.map(({ name }) => name).join(", ")}; "all" is every one.`,
    },
  );
}
