import { selectFeatures, type LibraryBuilder } from "@laconic/docker-builder";
import { globalGroups, type Reach, type RuntimeDoubt } from "@laconic/node-compat";

/** What of the engine a library holds, and what it would be without. */
export interface ChosenFeatures {
  /** Names, in the engine's order. */
  readonly names: readonly string[];
  /**
   * Where the app decides at run time what it uses, when the library holds more for that: the whole engine for a place of
   * the app's own, and what its texts name for one of a package.
   */
  readonly widened: readonly Widening[];
}

export interface Widening extends RuntimeDoubt {
  /** Features that the library holds for such places. */
  readonly features: readonly string[];
}

/**
 * The features of the engine that the library will hold: those that the bundle can reach, and those that the user names.
 *
 * @throws a BuilderError when the engine has no feature of a name
 */
export function chooseFeatures(
  reach: Reach,
  { features }: LibraryBuilder,
  asked: readonly string[],
  warn: (message: string) => void,
): ChosenFeatures {
  const isOnlyGlobals = (name: string) =>
    name in globalGroups && !features.some((feature) => feature.name === name);
  const named = asked.filter((name) => !isOnlyGlobals(name));
  const least = selectFeatures(features, { ...reach, globals: reach.certain }, named);
  const isWhole = asked.length === 0 && reach.unknowable.length > 0;
  const names = selectFeatures(features, reach, isWhole ? ["all"] : named);
  const added = names.filter((name) => !least.includes(name));
  if (added.length === 0) return { names, widened: [] };
  const doubts = isWhole ? reach.unknowable : reach.doubts;
  warn(isWhole ? whole(doubts[0]!) : wider(doubts, added));
  return { names, widened: doubts.map((doubt) => ({ ...doubt, features: added })) };
}

function whole({ place, what }: RuntimeDoubt): string {
  return (
    `${place}: ${what} may use anything, so the library holds the whole engine. ` +
    "Say what it uses to make it smaller: --engine-features url,webcrypto"
  );
}

function wider([first, ...others]: readonly RuntimeDoubt[], features: readonly string[]): string {
  const more = others.length === 0 ? "" : `, and ${others.length} more such places in the manifest,`;
  return (
    `${first!.package ?? "the app"}, ${first!.place}: ${first!.what}${more} may use what texts of the app name, ` +
    `so the library also holds ${features.join(", ")}`
  );
}
