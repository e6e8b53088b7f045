import type { AdoptOptions } from "../adopt-options.js";
import { exportsOf } from "../source/exports.js";
import { memberUses } from "../source/member-uses.js";
import { LIBRARY, RUNTIME } from "../specifiers.js";
import { adoptAdapters } from "./adopt/adapters.js";
import { adoptExportedApp } from "./adopt/exported-app.js";
import { adoptHandlers } from "./adopt/handlers.js";
import { adoptListener } from "./adopt/listener.js";
import { Names } from "./adopt/names.js";
import { reportUnseen } from "./adopt/unseen-exports.js";
import type { Transform, Workpiece } from "./transform.js";

/**
 * Turns an existing Lambda handler file or HTTP app into a Laconic app: what it exports or serves is registered with
 * `lambda()` and `http()`, and `main()` is called. Handlers stay exported, so tests and old deployments go on working.
 */
export const adopt: Transform<AdoptOptions> = (piece, options) => {
  if (isAdopted(piece)) {
    piece.report("LAC1045");
    return;
  }
  const names = new Names(piece, options);
  const adapters = adoptAdapters(piece, names);
  const registered = [...adapters.registered, ...adoptHandlers(piece, names, adapters.exports)];
  if (registered.length > 0) piece.append(names.main(registered) + piece.format.semicolon);
  else if (!piece.failed && !adoptServer(piece, names, options)) reportUnseen(piece);
  refuseOtherLambda(piece);
  if (!piece.failed) names.importAll();
};

function adoptServer(piece: Workpiece, names: Names, { exportedApps = true }: AdoptOptions): boolean {
  return adoptListener(piece, names) || (exportedApps && adoptExportedApp(piece, names));
}

function isAdopted(piece: Workpiece): boolean {
  return [LIBRARY, RUNTIME].some((name) => {
    const { calls, passedOn } = memberUses(piece.scopes, name, "main");
    return calls.length + passedOn.length > 0;
  });
}

/** The library exports its entry point under this name. */
function refuseOtherLambda(piece: Workpiece): void {
  const other = exportsOf(piece.scopes).find(({ name }) => name === "Lambda");
  if (other && !piece.failed) piece.report("LAC1006", other.node);
}
