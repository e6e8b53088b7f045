import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Handler } from "./answers.js";

/**
 * Makes a listener of a handler that ends with handing its event to a server: what it does before is done still, with the
 * event and the context that `http()` has in the request, and then the app answers.
 * @param made `http("handler")`, to which the listener is added
 */
export function becomeListener(
  piece: Workpiece,
  made: string,
  { fn, call }: { readonly fn: Handler; readonly call: Ts.CallExpression },
  app: string,
): void {
  const { eol, indent, semicolon } = piece.format;
  const typed = /\.[cm]?tsx?$/i.test(piece.source.path) ? ": any" : "";
  const [request, response] = [piece.scopes.freeName("req"), piece.scopes.freeName("res")];
  const parameters = fn.parameters.slice(0, 2);
  const [first] = parameters;
  const last = fn.parameters.at(-1);
  if (!first || !last || !fn.body) return;
  piece.edits.insert(fn.getStart(piece.root), `${made.slice(0, -1)}, `);
  piece.edits.insert(fn.end, ")");
  const list = { start: first.getStart(piece.root), end: last.end };
  const isBare =
    piece.source.text[fn.getStart(piece.root)] !== "(" &&
    ts.isArrowFunction(fn) &&
    list.start === fn.getStart(piece.root);
  const text = `${request}${typed}, ${response}${typed}`;
  piece.edits.replace(list, isBare ? `(${text})` : text);
  if (fn.type) {
    const close = piece.source.text.lastIndexOf(")", fn.type.getStart(piece.root));
    piece.edits.replace({ start: close + 1, end: fn.type.end }, "");
  }
  const used = parameters.filter(({ name }) => isUsed(piece, name, call));
  if (used.length > 0) {
    const names = ["event", "context"];
    const bound = parameters.flatMap((one, index) =>
      used.includes(one) ? [binding(piece, names[index]!, one.name)] : [],
    );
    const line = `${eol}${indent}const { ${bound.join(", ")} } = ${request}.lambda${semicolon}`;
    piece.edits.insert(fn.body.getStart(piece.root) + 1, line);
  }
  const whole =
    ts.isPropertyAccessExpression(call.parent) && call.parent.name.text === "promise" ? call.parent : call;
  piece.edits.replace(piece.rangeOf(whole), `${app}(${request}, ${response})`);
}

function binding(piece: Workpiece, property: string, name: Ts.BindingName): string {
  const text = piece.textOf(name);
  return text === property ? property : `${property}: ${text}`;
}

/** Whether a parameter is spoken of outside of the call that is replaced. */
function isUsed(piece: Workpiece, name: Ts.BindingName, call: Ts.Node): boolean {
  if (!ts.isIdentifier(name)) return true;
  const uses = piece.scopes.occurrencesOf(name).filter((use) => use !== name);
  return uses.some(({ pos, end }) => pos < call.pos || end > call.end);
}
