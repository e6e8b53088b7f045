import { exportsOf, type Exported } from "../../source/exports.js";
import { hasModifier } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { answerByPromise } from "./answer-by-promise.js";
import { nameExport } from "./default-export.js";
import { isFunction, isHandler } from "./handler-signs.js";
import type { Answering, Names } from "./names.js";
import { answeringOfMade } from "./made-handlers.js";
import type { ts as Ts } from "ts-morph";

/** Registers each exported Lambda handler; one that answers through callbacks is made to return a promise first. */
export function adoptHandlers(piece: Workpiece, names: Names, done: ReadonlySet<Ts.Node>): string[] {
  const exported = exportsOf(piece.scopes).filter(({ value }) => !done.has(value));
  const handlers = exported.filter((one) => isHandler(piece, one));
  // The same function under two names is one function; `handler` is what Lambda calls most of them.
  const distinct = handlers.filter(
    ({ value, name }) =>
      (handlers.find((other) => other.value === value && other.name !== "default")?.name ?? name) === name,
  );
  const taken = new Set(distinct.map(({ name }) => name));
  const registered = distinct.flatMap((one) => {
    if (isStreaming(piece, one.value)) {
      piece.report("LAC1047", one.node, { what: one.name });
      return [];
    }
    const name = one.name !== "default" ? one.name : taken.has("handler") ? "main" : "handler";
    return [names.lambda(name, referenceTo(piece, names, one), answering(piece, one))];
  });
  if (registered.length > 0) noteLeftOut(piece, exported, handlers);
  return registered;
}

function referenceTo(piece: Workpiece, names: Names, exported: Exported): string {
  return exported.from
    ? names.importFrom(exported.from.text, exported.value.getText(piece.root))
    : (exported.reference ?? nameExport(piece, exported));
}

function answering(piece: Workpiece, { value, from }: Exported): Answering {
  if (from) return "either";
  return isFunction(value) ? answerByPromise(piece, value) : answeringOfMade(piece, value);
}

function isStreaming(piece: Workpiece, value: Ts.Node): boolean {
  return ts.isCallExpression(value) && /streamifyResponse$/.test(piece.textOf(value.expression));
}

/** Async functions beside handlers may be handlers too: what is left out is said. */
function noteLeftOut(piece: Workpiece, exported: readonly Exported[], handlers: readonly Exported[]): void {
  for (const one of exported) {
    const { value } = one;
    if (handlers.some((handler) => handler.value === value) || !isFunction(value)) continue;
    if (hasModifier(value, ts.SyntaxKind.AsyncKeyword) && value.parameters.length <= 3)
      piece.report("LAC1048", one.node, { what: one.name });
  }
}
