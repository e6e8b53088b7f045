import type { AdoptOptions } from "../adopt-options.js";
import { memberUses } from "../source/member-uses.js";
import { LIBRARY, RUNTIME } from "../specifiers.js";
import { adoptAdapters } from "./adopt/adapters.js";
import { adoptHandlers } from "./adopt/handlers.js";
import { adoptListener } from "./adopt/listener.js";
import { Names } from "./adopt/names.js";
import type { Transform } from "./transform.js";

/**
 * Turns an existing Lambda handler file or HTTP app into a Laconic app: what it exports or serves is registered with
 * `lambda()` and `http()`, and `main()` is called. Handlers stay exported, so tests and old deployments go on working.
 */
export const adopt: Transform<AdoptOptions> = (piece, options) => {
  if ([LIBRARY, RUNTIME].some((name) => memberUses(piece.scopes, name, "main").calls.length > 0)) {
    piece.report("LAC1045");
    return;
  }
  const names = new Names(piece, options);
  const adapters = adoptAdapters(piece, names);
  const registered = [...adapters.registered, ...adoptHandlers(piece, names, adapters.exports)];
  if (registered.length > 0) piece.append(names.main(registered) + piece.format.semicolon);
  else if (!piece.failed && !adoptListener(piece, names)) piece.report("LAC1040");
  if (!piece.failed) names.importAll();
};
