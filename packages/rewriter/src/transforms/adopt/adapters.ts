import type { ts as Ts } from "ts-morph";
import { assignmentsTo, declarationOf, inner, rootOf, valueOf } from "../../source/declarations.js";
import { exportsOf, type Exported } from "../../source/exports.js";
import { memberUses, type MemberUses } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { adaptOptions } from "./adapter-options.js";
import { ADAPTERS, type Adapter } from "./adapter-table.js";
import { callAtEnd, forwardedCall } from "./forwarding.js";
import { isFunction } from "./handler-signs.js";
import type { Names } from "./names.js";
import { replaceEventAccess } from "./request-event.js";
import { swap, type Adapted } from "./swap-handler.js";
import { dropImport, dropUnusedVariable } from "./unused-import.js";

export interface AdoptedAdapters {
  readonly registered: string[];
  /** The exports that are taken care of. */
  readonly exports: ReadonlySet<Ts.Node>;
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
    if (adapted === undefined || !isOnlyExported(piece, exported) || !isThere(piece, adapted, exported))
      continue;
    const { text, dropped, lost } = adaptOptions(piece, adapted.adapter, adapted.call);
    // A function that calls what the adapter made is a handler as it is, where the adapter needs no socket.
    if (lost && isFunction(exported.value) && adapted.adapter.member !== "createServer") continue;
    done.add(exported.value);
    const what = piece.textOf(adapted.call.expression);
    if (lost) piece.report("LAC1043", lost.node, { what, options: lost.names });
    else if (dropped) piece.report("LAC1046", dropped.node, { what, options: dropped.names });
    if (lost) continue;
    registered.push(swap(piece, names, exported, adapted, text));
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
  if (ts.isCallExpression(value)) return makerOf(piece, value, calls);
  // `handler` of `configure({ app }).handler`, as old versions are used.
  if (ts.isPropertyAccessExpression(value) && value.name.text === "handler") {
    const made = inner(value.expression);
    return ts.isCallExpression(made) ? makerOf(piece, made, calls) : undefined;
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
): Adapted | undefined {
  const adapter = calls.get(call);
  // A server is no handler yet.
  if (adapter === undefined || adapter.takes === "server" || adapter.member === "createServer")
    return undefined;
  const app = appOf(piece, adapter, call);
  return app && { adapter, call, app };
}

/** What is called with the event: a call that made it, or the variable that holds what was made. */
function calleeOf(
  piece: Workpiece,
  callee: Ts.Expression,
  calls: ReadonlyMap<Ts.CallExpression, Adapter>,
  variables: Set<Ts.Identifier>,
): Adapted | undefined {
  const target = inner(callee);
  if (ts.isCallExpression(target)) return makerOf(piece, target, calls);
  if (!ts.isIdentifier(target) || assignmentsTo(piece.scopes, target).length > 0) return undefined;
  const made = valueOf(piece.scopes, target);
  if (!made || !ts.isCallExpression(made) || !calls.has(made)) return undefined;
  variables.add(target);
  return makerOf(piece, made, calls);
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

/** Whether the app has been made where the handler is: a function looks for it only when it is called. */
function isThere(piece: Workpiece, { app }: Adapted, { value }: Exported): boolean {
  const root = rootOf(app);
  const declaration = root && declarationOf(piece.scopes, root);
  return !declaration || !ts.isVariableDeclaration(declaration) || declaration.pos < value.pos;
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
