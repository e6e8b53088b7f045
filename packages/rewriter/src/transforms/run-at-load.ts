import type { ts as Ts } from "ts-morph";
import { functionsAround, hasModifier, namesOf, usesOf, type FunctionName } from "../source/functions.js";
import { unwrap } from "../source/member-uses.js";
import { moduleKind } from "../source/module-kind.js";
import { ts } from "../source/syntax.js";
import { openGuards } from "./entry-guards.js";
import type { NewNames } from "./main-to-init.js";
import type { Workpiece } from "./transform.js";

/**
 * Makes sure that the call of `main()` is reached while the module loads: opens the guards that only let it run in a
 * process started with this file, and calls the function around it where nothing does.
 */
export function runAtLoad(piece: Workpiece, call: Ts.CallExpression, names: NewNames): void {
  openGuards(piece, call);
  const outermost = functionsAround(call).at(-1);
  if (outermost === undefined) return;
  const known = namesOf(outermost);
  const runs = known.flatMap((name) => usesOf(piece.scopes, name)).filter((use) => isRun(use, outermost));
  for (const run of runs) openGuards(piece, run);
  if (runs.length > 0 || runsInPlace(piece, outermost)) return;
  const started =
    startNamed(piece, known, names) ?? startDefault(piece, outermost) ?? startExported(outermost);
  if (started === undefined) {
    piece.report("LAC1007", outermost);
    return;
  }
  const wait = waitsBefore(outermost, call) && moduleKind(piece.root) === "esm" ? "await " : "";
  piece.append(`${wait}${started}()${piece.format.semicolon}`);
}

/** A use that is more than handing the function out of the module, outside the function itself. */
function isRun(use: Ts.Node, fn: Ts.Node): boolean {
  if (use.pos >= fn.pos && use.end <= fn.end) return false;
  let value = unwrap(use);
  // From a property's name to the whole access.
  if (ts.isPropertyAccessExpression(value.parent) && value.parent.name === use) value = unwrap(value.parent);
  return !isExportOnly(value);
}

function isExportOnly(value: Ts.Node): boolean {
  const parent = value.parent;
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent) || ts.isTypeQueryNode(parent))
    return true;
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent))
    return isExportOnly(unwrap(parent.parent));
  return ts.isBinaryExpression(parent) && parent.right === value && exportTarget(parent.left) !== undefined;
}

/** `exports.x`, `module.exports` or `module.exports.x`, as written. */
function exportTarget(target: Ts.Node): string | undefined {
  const text = target.getText().replace(/\s/g, "");
  return /^(module\.exports|exports\.\w+|module\.exports\.\w+)$/.test(text) ? text : undefined;
}

// Called on the spot, handed to something that calls it, or part of a class or object that is used.
function runsInPlace(piece: Workpiece, fn: Ts.FunctionLikeDeclaration): boolean {
  const value = unwrap(fn);
  const parent = value.parent;
  if (ts.isFunctionDeclaration(fn)) return false;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return !isNamedResult(parent, value);
  if (ts.isPropertyAccessExpression(parent)) return true;
  const owner =
    ts.isClassLike(fn.parent) && !hasModifier(fn, ts.SyntaxKind.StaticKeyword) ? fn.parent.name : undefined;
  if (owner) return piece.scopes.occurrencesOf(owner).some((use) => use !== owner && isRun(use, fn.parent));
  const target = ts.isBinaryExpression(parent) ? exportTarget(parent.left) : undefined;
  return target !== undefined && callsOf(piece, target);
}

// `const main = once(() => {})` waits for a call of `main`; `start(() => {})` does not.
function isNamedResult(call: Ts.Node, fn: Ts.Node): boolean {
  const isCallee = ts.isCallExpression(call) && call.expression === fn;
  return !isCallee && ts.isVariableDeclaration(unwrap(call).parent);
}

function callsOf(piece: Workpiece, callee: string): boolean {
  const visit = (node: Ts.Node): boolean =>
    (ts.isCallExpression(node) && piece.textOf(node.expression).replace(/\s/g, "") === callee) ||
    ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  return visit(piece.root);
}

function startNamed(piece: Workpiece, known: readonly FunctionName[], names: NewNames): string | undefined {
  for (const name of known) {
    if (name.kind === "variable" && !isAtTop(piece, name.name)) continue;
    if (name.kind === "member" && (name.owner === undefined || !isAtTop(piece, name.owner))) continue;
    const current = names.get(name.name) ?? name.name.text;
    return name.kind === "member" && name.owner ? `${name.owner.text}.${current}` : current;
  }
  return undefined;
}

function isAtTop(piece: Workpiece, name: Ts.Identifier): boolean {
  return piece.scopes.scopeOf(name) === piece.root;
}

/** An anonymous default export gets the name that it is called by. */
function startDefault(piece: Workpiece, fn: Ts.FunctionLikeDeclaration): string | undefined {
  const name = piece.scopes.freeName("init");
  if (ts.isFunctionDeclaration(fn) && fn.name === undefined) {
    const keyword = fn.getChildren(piece.root).find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
    if (keyword) piece.edits.insert(keyword.end, ` ${name}`);
    return name;
  }
  const parent = unwrap(fn).parent;
  if (!ts.isExportAssignment(parent) || parent.isExportEquals) return undefined;
  const range = { start: parent.getStart(piece.root), end: parent.expression.getStart(piece.root) };
  piece.edits.replace(range, `const ${name} = `);
  piece.append(`export default ${name}${piece.format.semicolon}`);
  return name;
}

/** `exports.main = () => {}` and the like are called by the name that they are exported under. */
function startExported(fn: Ts.FunctionLikeDeclaration): string | undefined {
  const holder = ts.isMethodDeclaration(fn) ? fn : unwrap(fn).parent;
  if (ts.isBinaryExpression(holder)) return exportTarget(holder.left);
  const isMember = ts.isPropertyAssignment(holder) || ts.isMethodDeclaration(holder);
  if (!isMember || !ts.isIdentifier(holder.name) || !ts.isObjectLiteralExpression(holder.parent))
    return undefined;
  const assignment = unwrap(holder.parent).parent;
  const target = ts.isBinaryExpression(assignment) ? exportTarget(assignment.left) : undefined;
  return target === undefined ? undefined : `${target}.${holder.name.text}`;
}

// Only then is the registration still to come when the call returns.
function waitsBefore(fn: Ts.FunctionLikeDeclaration, call: Ts.CallExpression): boolean {
  const visit = (node: Ts.Node): boolean => {
    if (node.pos >= call.pos) return false;
    if (ts.isAwaitExpression(node) && node.expression !== call) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return hasModifier(fn, ts.SyntaxKind.AsyncKeyword) && fn.body !== undefined && visit(fn.body);
}
