import type { ts as Ts } from "ts-morph";
import { inner, valueOf } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Adapter } from "./adapter-table.js";
import { isNothing } from "./sure-errors.js";

/** What an adapter was told, and where. */
interface Told {
  readonly node: Ts.Node;
  readonly names: string;
}

export interface Adaptation {
  /** The options of `http()`: source text, empty for none. */
  readonly text: string;
  /** What `http()` does by itself. */
  readonly dropped?: Told;
  /** What would be lost: then the adapter stays. */
  readonly lost?: Told;
}

/** The options of an adapter as those of `http()`. */
export function adaptOptions(piece: Workpiece, adapter: Adapter, call: Ts.CallExpression): Adaptation {
  const always = adapter.always ? [adapter.always] : [];
  const given = call.arguments[adapter.takes === "property" ? 0 : 1];
  if (adapter.member === "createServer") return serverOptions(piece, call);
  if (given === undefined) return { text: asObject(always) };
  const named = inner(given);
  const options = ts.isIdentifier(named) ? valueOf(piece.scopes, named) : named;
  if (!options || !ts.isObjectLiteralExpression(options))
    return { text: "", lost: { node: given, names: "..." } };
  const kept: string[] = [];
  const needless: string[] = [];
  const others: string[] = [];
  for (const property of options.properties) {
    const key = property.name ? piece.textOf(property.name) : "...";
    const option = adapter.kept?.[key];
    const value = option === undefined ? undefined : keptValue(piece, property);
    if (option !== undefined && value !== undefined)
      kept.push(...(value === "" ? [] : [`${option}: ${value}`]));
    else if (adapter.needless.includes(key) && isHarmless(piece, key, property)) needless.push(key);
    else others.push(key);
  }
  const dropped = needless.filter((key) => /^binary/.test(key));
  return {
    text: asObject([...kept, ...always]),
    ...(dropped.length > 0 && { dropped: { node: given, names: dropped.join(", ") } }),
    ...(others.length > 0 && { lost: { node: given, names: others.join(", ") } }),
  };
}

/** `createServer(app, callback, binaryMimeTypes)` */
function serverOptions(piece: Workpiece, { arguments: [, callback, types] }: Ts.CallExpression): Adaptation {
  const isCalled = callback !== undefined && !isNothing(callback);
  return {
    text: "",
    ...(isCalled && { lost: { node: callback, names: "a callback" } }),
    ...(types && { dropped: { node: types, names: piece.textOf(types) } }),
  };
}

function asObject(entries: readonly string[]): string {
  return entries.length === 0 ? "" : `{ ${entries.join(", ")} }`;
}

/** The text of a path: one that is written out begins with a slash, as `http()` wants it, and is empty for none. */
function keptValue(piece: Workpiece, property: Ts.ObjectLiteralElementLike): string | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
  if (!ts.isPropertyAssignment(property)) return undefined;
  const value = property.initializer;
  if (!ts.isStringLiteralLike(value)) return piece.textOf(value);
  if (value.text === "") return "";
  return piece.quoted(value.text.startsWith("/") ? value.text : `/${value.text}`);
}

/** Some options are harmless with one value only. */
function isHarmless(piece: Workpiece, key: string, property: Ts.ObjectLiteralElementLike): boolean {
  const value = ts.isPropertyAssignment(property) ? piece.textOf(property.initializer) : "";
  if (key === "provider") return /^["'`]aws["'`]$/.test(value);
  if (key === "serializeLambdaArguments" || key === "decorateRequest") return value === "false";
  return true;
}
