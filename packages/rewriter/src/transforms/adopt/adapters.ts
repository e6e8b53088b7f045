import type { ts as Ts } from "ts-morph";
import { assignmentsTo, inner, valueOf } from "../../source/declarations.js";
import { exportsOf, type Exported } from "../../source/exports.js";
import { memberUses, type MemberUses } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { adaptOptions } from "./adapter-options.js";
import { ADAPTERS, type Adapter } from "./adapter-table.js";
import type { Handler } from "./answers.js";
import { nameExport } from "./default-export.js";
import { callAtEnd, forwardedCall } from "./forwarding.js";
import { isFunction } from "./handler-signs.js";
import { becomeListener } from "./listener-handler.js";
import type { Names } from "./names.js";
import { replaceEventAccess } from "./request-event.js";
import { dropImport, dropUnusedVariable } from "./unused-import.js";

export interface AdoptedAdapters {
  readonly registered: string[];
  /** The exports that are taken care of. */
  readonly exports: ReadonlySet<Ts.Node>;
}

/** A call that makes a handler of an app, or hands a request to one. */
interface Adapted {
  readonly adapter: Adapter;
  /** The call that the app is given to. */
  readonly call: Ts.CallExpression;
  readonly app: Ts.Expression;
  /** A handler that does more than hand its event on: it becomes a listener that calls the app in the end. */
  readonly listener?: { readonly fn: Handler; readonly call: Ts.CallExpression };
}

/**
 * `export const handler = serverless(app)` becomes `export const handler = http("handler", app)`, and so does a function
 * that does nothing but hand its event to such a handler.
 */
export function adoptAdapters(piece: Workpiece, names: Names): AdoptedAdapters {
  const registered: string[] = [];
  const done = new Set<Ts.Node>();
  const loaded = ADAPTERS.map((adapter) => ({
    adapter,
    uses: memberUses(piece.scopes, adapter.module, adapter.member),
  })).filter(({ uses }) => uses.specifiers.length > 0);
  if (loaded.length === 0) return { registered, exports: done };
  const calls = new Map(
    loaded.flatMap(({ adapter, uses }) => uses.calls.map((call) => [call, adapter] as const)),
  );
  const variables = new Set<Ts.Identifier>();
  for (const exported of exportsOf(piece.scopes)) {
    const adapted = adaptedBy(piece, exported, calls, variables);
    if (adapted === undefined || !isOnlyExported(piece, exported)) continue;
    const options = adaptOptions(piece, adapted.adapter, adapted.call);
    done.add(exported.value);
    if (options === undefined) continue;
    registered.push(swap(piece, names, exported, adapted, options));
    replaceEventAccess(piece, adapted.adapter, adapted.app);
  }
  const passedOn = loaded
    .filter(({ adapter }) => adapter.takes === "server")
    .flatMap(({ uses }) => uses.passedOn);
  const forwarding = [...calls].filter(([, adapter]) => adapter.takes === "server").map(([call]) => call);
  reportSockets(piece, [...forwarding, ...passedOn], done);
  if (registered.length > 0 && !piece.failed) {
    for (const variable of variables) dropUnusedVariable(piece, variable);
    for (const { uses } of loaded) dropUnused(piece, names, uses);
  }
  return { registered, exports: done };
}

/** The adapter behind an export: what it was made by, or what it does nothing but forward to. */
function adaptedBy(
  piece: Workpiece,
  { value }: Exported,
  calls: ReadonlyMap<Ts.CallExpression, Adapter>,
  variables: Set<Ts.Identifier>,
): Adapted | undefined {
  if (ts.isCallExpression(value)) return makerOf(piece, value, calls, variables);
  // `handler` of `configure({ app }).handler`, as old versions are used.
  if (ts.isPropertyAccessExpression(value) && value.name.text === "handler") {
    const made = inner(value.expression);
    return ts.isCallExpression(made) ? makerOf(piece, made, calls, variables) : undefined;
  }
  if (!isFunction(value)) return undefined;
  const forwarded = forwardedCall(piece, value);
  if (forwarded === undefined) {
    const call = callAtEnd(piece, value);
    const atEnd = call && calls.get(call);
    const made = atEnd?.takes === "server" ? serverOf(piece, call!, atEnd, calls, variables) : undefined;
    // The app that such a server is made of is a listener itself.
    return made && ts.isIdentifier(made.app) ? { ...made, listener: { fn: value, call: call! } } : undefined;
  }
  const own = calls.get(forwarded);
  if (own?.takes === "server") return serverOf(piece, forwarded, own, calls, variables);
  return calleeOf(piece, forwarded.expression, calls, variables);
}

function makerOf(
  piece: Workpiece,
  call: Ts.CallExpression,
  calls: ReadonlyMap<Ts.CallExpression, Adapter>,
  variables: Set<Ts.Identifier>,
): Adapted | undefined {
  const adapter = calls.get(call);
  if (adapter && adapter.takes !== "server") {
    const app = appOf(piece, adapter, call);
    return app && { adapter, call, app };
  }
  return adapter ? undefined : calleeOf(piece, call.expression, calls, variables, true);
}

/** What is called with the event: a call that made it, or the variable that holds what was made. */
function calleeOf(
  piece: Workpiece,
  callee: Ts.Expression,
  calls: ReadonlyMap<Ts.CallExpression, Adapter>,
  variables: Set<Ts.Identifier>,
  onlyBound = false,
): Adapted | undefined {
  const target = inner(callee);
  if (onlyBound) return undefined;
  if (ts.isCallExpression(target)) return makerOf(piece, target, calls, variables);
  if (!ts.isIdentifier(target) || assignmentsTo(piece.scopes, target).length > 0) return undefined;
  const made = valueOf(piece.scopes, target);
  if (!made || !ts.isCallExpression(made) || !calls.has(made)) return undefined;
  variables.add(target);
  return makerOf(piece, made, calls, variables);
}

/** `proxy(server, event, context)`: the app that the server was made of. */
function serverOf(
  piece: Workpiece,
  call: Ts.CallExpression,
  adapter: Adapter,
  calls: ReadonlyMap<Ts.CallExpression, Adapter>,
  variables: Set<Ts.Identifier>,
): Adapted | undefined {
  const server = call.arguments[0] && inner(call.arguments[0]);
  if (server === undefined) return undefined;
  const isVariable = ts.isIdentifier(server);
  if (isVariable && assignmentsTo(piece.scopes, server).length > 0) return undefined;
  const made = isVariable ? valueOf(piece.scopes, server) : server;
  if (!made || !ts.isCallExpression(made)) return undefined;
  const maker = calls.get(made);
  const app = maker && maker.module === adapter.module ? made.arguments[0] : undefined;
  if (!maker || !app) return undefined;
  if (isVariable) variables.add(server);
  return { adapter: maker, call: made, app: inner(app) };
}

function swap(
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

// A handler that the file also calls itself has to stay the function that it is.
function isOnlyExported(piece: Workpiece, { node, value }: Exported): boolean {
  const name = ts.isFunctionDeclaration(value)
    ? value.name
    : ts.isVariableDeclaration(node.parent)
      ? node
      : undefined;
  if (!name || !ts.isIdentifier(name)) return true;
  // A function is hoisted, the constant in its place is not.
  const uses = piece.scopes.occurrencesOf(name).filter((use) => use !== name);
  if (ts.isFunctionDeclaration(value) && uses.some((use) => use.pos < value.pos)) return false;
  return uses.every(({ parent }) => !ts.isCallExpression(parent));
}

function appOf(piece: Workpiece, adapter: Adapter, call: Ts.CallExpression): Ts.Expression | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (adapter.takes !== "property") return inner(first);
  const given = inner(first);
  const options = ts.isIdentifier(given) ? valueOf(piece.scopes, given) : given;
  const properties = options && ts.isObjectLiteralExpression(options) ? options.properties : [];
  const app = properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === "app");
  if (app && ts.isShorthandPropertyAssignment(app)) return app.name;
  return app && ts.isPropertyAssignment(app) ? app.initializer : undefined;
}

/**
 * Adapters that hand requests to a server over a socket of the file system, which a library has not: what was not replaced
 * would fail on every request.
 */
function reportSockets(piece: Workpiece, places: readonly Ts.Node[], done: ReadonlySet<Ts.Node>): void {
  const left = places.find((place) => !isInside(place, done));
  if (!left || piece.failed) return;
  const what = ts.isCallExpression(left) ? left.expression : left;
  piece.report("LAC1050", left, { what: piece.textOf(what) });
}

function isInside(place: Ts.Node, done: ReadonlySet<Ts.Node>): boolean {
  for (let node: Ts.Node | undefined = place; node; node = node.parent) if (done.has(node)) return true;
  return false;
}

function dropUnused(piece: Workpiece, names: Names, uses: MemberUses): void {
  for (const specifier of uses.specifiers) {
    const range = dropImport(piece, specifier);
    if (range) names.importInsteadOf(range);
  }
}
