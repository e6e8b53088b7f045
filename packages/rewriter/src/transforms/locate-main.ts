import type { ts as Ts } from "ts-morph";
import { memberUses } from "../source/member-uses.js";
import { positionOf } from "../source.js";
import { LIBRARY, RUNTIME } from "../specifiers.js";
import type { Workpiece } from "./transform.js";

/** The one call of the runtime's `main()` in an entry module; otherwise reports what is there instead. */
export function locateMain(piece: Workpiece): Ts.CallExpression | undefined {
  const uses = memberUses(piece.scopes, LIBRARY, "main");
  const [call, second] = uses.calls;
  if (call && second) {
    const { start } = piece.rangeOf(call);
    const { line, column } = positionOf(piece.source.text, start);
    const other = `${piece.source.path}:${line}:${column}`;
    piece.report("LAC1002", second, { count: uses.calls.length, other });
    return undefined;
  }
  if (call) return call;
  const [passedOn] = uses.passedOn;
  if (passedOn) piece.report("LAC1008", passedOn);
  else if (uses.typeOnly) piece.report("LAC1009", uses.typeOnly);
  else reportElsewhere(piece);
  return undefined;
}

function reportElsewhere(piece: Workpiece): void {
  const plain = memberUses(piece.scopes, RUNTIME, "main");
  const literal = plain.specifiers[0];
  if (literal && (plain.calls.length > 0 || plain.passedOn.length > 0)) piece.report("LAC1005", literal);
  else piece.report("LAC1001", undefined, { specifier: LIBRARY });
}
