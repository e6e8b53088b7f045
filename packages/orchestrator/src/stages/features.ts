import { selectFeatures, type LibraryBuilder } from "@laconic/docker-builder";
import type { Reach } from "@laconic/node-compat";

/**
 * The features of the engine that the library will hold: those that the bundle can reach, and those that the user names.
 *
 * @throws a BuilderError when the engine has no feature of a name
 */
export function chooseFeatures(
  reach: Reach,
  { features }: LibraryBuilder,
  named: readonly string[],
  warn: (message: string) => void,
): readonly string[] {
  const [first] = named.length === 0 ? reach.unknowable : [];
  if (!first) return selectFeatures(features, reach, named);
  warn(
    `${first.place}: ${first.what} may use anything, so the library holds the whole engine. ` +
      "Say what it uses to make it smaller: --engine-features url,webcrypto",
  );
  return selectFeatures(features, reach, ["all"]);
}
