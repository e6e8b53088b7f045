// Evaluated before an app that is bundled for Node: its `require`, and what `createRequire` makes, know what the bundle holds.
import module, { syncBuiltinESMExports } from "node:module";
import type { Any } from "./any.js";
import { findRequirable, type Kept } from "./known-modules.js";

export { requirable } from "./known-modules.js";

declare global {
  /** Of the head of the bundle, whose `require` asks it. */
  var laconicFind: (name: string, place?: string) => Kept | undefined;
}

const root = (import.meta as Any).dirname as string;
const { createRequire } = module as Any;

laconicFind = (name, place) => (typeof name === "string" ? findRequirable(name, place, root) : undefined);

(module as Any).createRequire = (place: Any) => {
  const require = createRequire(place);
  const path = String(place.href ?? place);
  const find = (name: Any): Kept | undefined =>
    typeof name === "string" ? findRequirable(name, path, root) : undefined;
  const knowing = (name: Any): Any => {
    const kept = find(name);
    return kept === undefined ? require(name) : kept.load();
  };
  const resolve = (name: Any, options: Any): string => {
    const key = find(name)?.key;
    return key?.startsWith("/") && !key.includes("\0") ? root + key : require.resolve(name, options);
  };
  return Object.assign(knowing, require, { resolve: Object.assign(resolve, require.resolve) });
};
syncBuiltinESMExports();
