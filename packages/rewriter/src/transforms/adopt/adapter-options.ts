import type { ts as Ts } from "ts-morph";
import { inner, valueOf } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Adapter } from "./adapter-table.js";
import { isNothing } from "./sure-errors.js";

/** What an adapter was told, as the options of `http()`: source text, empty for none; undefined when something would be lost. */
export function adaptOptions(
  piece: Workpiece,
  adapter: Adapter,
  call: Ts.CallExpression,
): string | undefined {
  const always = adapter.always ? [adapter.always] : [];
  const given = call.arguments[adapter.takes === "property" ? 0 : 1];
  const what = piece.textOf(call.expression);
  // createServer(app, callback, binaryMimeTypes)
  if (adapter.member === "createServer") {
    if (given && !isNothing(given)) return refuse(piece, given, what, "a callback");
    const types = call.arguments[2];
    if (types) piece.report("LAC1046", types, { what, options: piece.textOf(types) });
    return "";
  }
  if (given === undefined) return asObject(always);
  const named = inner(given);
  const options = ts.isIdentifier(named) ? valueOf(piece.scopes, named) : named;
  if (!options || !ts.isObjectLiteralExpression(options)) return refuse(piece, given, what, "...");
  const kept: string[] = [];
  const needless: string[] = [];
  const others: string[] = [];
  for (const property of options.properties) {
    const key = property.name ? piece.textOf(property.name) : "...";
    const option = adapter.kept?.[key];
    const value = option === undefined ? undefined : keptValue(piece, property);
    if (option !== undefined && value !== undefined) kept.push(`${option}: ${value}`);
    else if (adapter.needless.includes(key) && isHarmless(piece, key, property)) needless.push(key);
    else others.push(key);
  }
  if (others.length > 0) return refuse(piece, given, what, others.join(", "));
  const dropped = needless.filter((key) => /^binary/.test(key));
  if (dropped.length > 0) piece.report("LAC1046", given, { what, options: dropped.join(", ") });
  return asObject([...kept, ...always]);
}

function refuse(piece: Workpiece, node: Ts.Node, what: string, options: string): undefined {
  piece.report("LAC1043", node, { what, options });
  return undefined;
}

function asObject(entries: readonly string[]): string {
  return entries.length === 0 ? "" : `{ ${entries.join(", ")} }`;
}

/** The text of a path: one that is written out begins with a slash, as `http()` wants it. */
function keptValue(piece: Workpiece, property: Ts.ObjectLiteralElementLike): string | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
  if (!ts.isPropertyAssignment(property)) return undefined;
  const value = property.initializer;
  if (!ts.isStringLiteralLike(value)) return piece.textOf(value);
  if (value.text === "") return undefined;
  return piece.quoted(value.text.startsWith("/") ? value.text : `/${value.text}`);
}

/** Some options are harmless with one value only. */
function isHarmless(piece: Workpiece, key: string, property: Ts.ObjectLiteralElementLike): boolean {
  const value = ts.isPropertyAssignment(property) ? piece.textOf(property.initializer) : "";
  if (key === "provider") return /^["'`]aws["'`]$/.test(value);
  if (key === "serializeLambdaArguments" || key === "decorateRequest") return value === "false";
  return true;
}
