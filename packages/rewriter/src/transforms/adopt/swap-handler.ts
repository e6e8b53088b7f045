import type { ts as Ts } from "ts-morph";
import type { Exported } from "../../source/exports.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Adapter } from "./adapter-table.js";
import type { Handler } from "./answers.js";
import { nameExport } from "./default-export.js";
import { becomeListener } from "./listener-handler.js";
import type { Names } from "./names.js";

/** A call that makes a handler of an app, or hands a request to one. */
export interface Adapted {
  readonly adapter: Adapter;
  /** The call that the app is given to. */
  readonly call: Ts.CallExpression;
  readonly app: Ts.Expression;
  /** A handler that does more than hand its event on: it becomes a listener that calls the app in the end. */
  readonly listener?: { readonly fn: Handler; readonly call: Ts.CallExpression };
}

/** Puts `http()` in the place of a handler that an adapter made. @returns how the file can speak of it */
export function swap(
  piece: Workpiece,
  names: Names,
  target: Exported,
  { app, call, listener }: Adapted,
  options: string,
): string {
  const name = target.name === "default" ? "handler" : target.name;
  if (listener) {
    becomeListener(piece, names.http(name), listener, piece.textOf(app));
    return target.reference ?? nameExport(piece, target);
  }
  const made = names.http(name, piece.textOf(app), options === "" ? undefined : options);
  const { value } = target;
  if (ts.isFunctionDeclaration(value)) return swapDeclaration(piece, target, value, made);
  if (ts.isMethodDeclaration(value)) piece.edits.replace(piece.rangeOf(value), `${target.name}: ${made}`);
  else if (value === call && app.pos >= call.pos && app.end <= call.end)
    replaceAround(piece, call, app, made);
  else piece.edits.replace(piece.rangeOf(value), made);
  // The types of a handler are none of what `http()` gives.
  const cast = castAround(value);
  if (cast) piece.edits.replace({ start: value.end, end: cast.end }, "");
  const declaration = target.node.parent;
  if (target.type && ts.isVariableDeclaration(declaration) && declaration.type) {
    piece.edits.replace({ start: declaration.name.end, end: declaration.type.end }, "");
  }
  return target.reference ?? nameExport(piece, target);
}

function castAround(value: Ts.Node): Ts.Node | undefined {
  const { parent } = value;
  if (!ts.isAsExpression(parent) && !ts.isSatisfiesExpression(parent)) return undefined;
  return castAround(parent) ?? parent;
}

/** The app's own text stays, so that what is edited in it is. */
function replaceAround(piece: Workpiece, call: Ts.Node, app: Ts.Node, made: string): void {
  const [range, kept] = [piece.rangeOf(call), piece.rangeOf(app)];
  const at = made.indexOf(piece.textOf(app), made.indexOf(","));
  piece.edits.replace({ start: range.start, end: kept.start }, made.slice(0, at));
  piece.edits.replace({ start: kept.end, end: range.end }, made.slice(at + kept.end - kept.start));
}

/** `export function handler(event, context) { return proxy(...) }` becomes a constant. */
function swapDeclaration(
  piece: Workpiece,
  target: Exported,
  fn: Ts.FunctionDeclaration,
  made: string,
): string {
  const name = fn.name?.text ?? piece.scopes.freeName("handler");
  const isDefault = target.name === "default" && fn.modifiers !== undefined;
  const { semicolon } = piece.format;
  const keyword = fn.modifiers && !isDefault ? "export " : "";
  piece.edits.replace(piece.rangeOf(fn), `${keyword}const ${name} = ${made}${semicolon}`);
  if (isDefault) piece.append(`export default ${name}${semicolon}`);
  return name;
}
