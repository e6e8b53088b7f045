import type { ts as Ts } from "ts-morph";
import { assignmentsTo, declarationOf } from "../../source/declarations.js";
import { memberUses, unwrap } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { findListening, type Listening } from "./find-listening.js";
import { httpAppOf } from "./http-apps.js";
import { placeOf, type Place } from "./listening-place.js";
import type { Names } from "./names.js";
import { onlyLogs } from "./only-logs.js";
import { registerLater } from "./later-app.js";
import { dropImport } from "./unused-import.js";

/**
 * Registers the app that the file starts a server for. Where nothing depends on the server its start becomes the call of
 * `main()`; else it stays, which in a library opens no port, and `main()` follows at the end of the file.
 * @returns whether one was found
 */
export function adoptListener(piece: Workpiece, names: Names): boolean {
  const found = findListening(piece);
  const [first, ...others] = found;
  if (first === undefined) return false;
  const other = others.find(({ app }) => piece.textOf(app.node) !== piece.textOf(first.app.node));
  const cluster = ["cluster", "node:cluster"].some(
    (name) => memberUses(piece.scopes, name, "default").specifiers.length > 0,
  );
  if (cluster)
    refuse(piece, first, "the server runs in workers of node:cluster, and a library is one process");
  else if (other) refuse(piece, other, "the file starts more than one server");
  else if (others.length > 0) keep(piece, names, first, { isAlone: false });
  else adoptOne(piece, names, first, placeOf(piece, first.call));
  return true;
}

function adoptOne(piece: Workpiece, names: Names, listening: Listening, place: Place): void {
  switch (place.when) {
    case "load":
      if (place.isPlain && isReplaceable(piece, listening)) replaceStart(piece, names, listening);
      else keep(piece, names, listening, { isAlone: true });
      return;
    case "condition":
      keep(piece, names, listening, { isAlone: false });
      return;
    case "awaited":
    case "then":
    case "callback":
      registerLater(piece, names, listening, place);
      return;
    case "never":
      if (isOnlyStart(piece, place.fn, listening)) keep(piece, names, listening, { isAlone: false });
      else
        refuse(
          piece,
          listening,
          "the function around it is not called in this file, so the server is not started while it loads",
        );
      return;
    case "unclear":
      refuse(piece, listening, place.why);
  }
}

export function refuse(piece: Workpiece, { call }: Listening, reason: string): void {
  piece.report("LAC1044", call, { what: piece.textOf(call.expression), reason });
}

function replaceStart(piece: Workpiece, names: Names, { call, app, mayStay }: Listening): void {
  piece.edits.replace(piece.rangeOf(unwrap(call)), names.main([names.http("site", piece.textOf(app.node))]));
  if (!mayStay) return;
  for (const specifier of memberUses(piece.scopes, "@hono/node-server", "serve").specifiers) {
    const range = dropImport(piece, specifier);
    if (range) names.importInsteadOf(range);
  }
}

/** Leaves the start of the server where it is, and registers at the end of the file. */
function keep(piece: Workpiece, names: Names, listening: Listening, { isAlone }: { isAlone: boolean }): void {
  const { app, mayStay } = listening;
  if (!mayStay) return refuse(piece, listening, "it is not in Node, and its result is used");
  const server = serverVariable(piece, listening);
  // The listener of the server that is started, whatever it is: it has to be started in every case.
  const isUnnamed = app.kind === "own" || isHandedOn(listening);
  if (isUnnamed && !isAlone)
    return refuse(
      piece,
      listening,
      "which app it starts cannot be seen, and it is not reached in every case",
    );
  const named = server ?? (isTopVariable(piece, app.node) ? app.node : undefined);
  if (!isUnnamed && named === undefined)
    return refuse(piece, listening, "the app has no name at the top level of the file");
  const registered = isUnnamed ? names.http("site") : names.http("site", piece.textOf(named!));
  piece.append(names.main([registered]) + piece.format.semicolon);
}

/** `new WebSocketServer({ server: app.listen(3000) })`: whoever is given the server may hear its requests too. */
function isHandedOn({ call, app }: Listening): boolean {
  if (!app.givesServer) return false;
  let { parent } = unwrap(call);
  while (ts.isPropertyAssignment(parent) || ts.isObjectLiteralExpression(parent)) parent = parent.parent;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== unwrap(call);
}

/** The variable that holds the started server: what else listens to it belongs to the app. */
function serverVariable(piece: Workpiece, { call, app }: Listening): Ts.Identifier | undefined {
  if (!app.givesServer || app.kind === "fetch") return undefined;
  const { parent } = unwrap(call);
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const name = ts.isVariableDeclaration(parent) ? parent.name : isAssigned ? parent.left : undefined;
  if (!name || !ts.isIdentifier(name) || !isTopVariable(piece, name)) return undefined;
  // Its declaration, and where it is assigned.
  const own = ts.isVariableDeclaration(parent) ? 1 : 2;
  return piece.scopes.occurrencesOf(name).length > own ? name : undefined;
}

/** A variable of the module that has its value once the file has run. */
export function isTopVariable(piece: Workpiece, node: Ts.Node): node is Ts.Identifier {
  if (!ts.isIdentifier(node) || piece.scopes.scopeOf(node) !== piece.root) return false;
  const declaration = declarationOf(piece.scopes, node);
  if (declaration === undefined) return false;
  const given = assignmentsTo(piece.scopes, node);
  if (!ts.isVariableDeclaration(declaration)) return true;
  if (declaration.initializer !== undefined) return given.length === 0;
  const statement = given[0]?.parent.parent;
  return (
    given.length === 1 &&
    statement !== undefined &&
    ts.isExpressionStatement(statement) &&
    statement.parent === piece.root
  );
}

/** Whether nothing is lost when a server is not started here: nobody has its result, and its callback only logs. */
function isReplaceable(piece: Workpiece, { call, app }: Listening): boolean {
  if (app.kind === "own" || isUsedBeside(piece, call, app.node)) return false;
  const { parent } = unwrap(call);
  if (!ts.isExpressionStatement(parent)) return false;
  return call.arguments.every((argument) => !mayDoMore(piece, argument, app.node));
}

/** Whether a server of Node's has other listeners, such as of "upgrade" and "listening": it goes on being one. */
function isUsedBeside(piece: Workpiece, call: Ts.Node, app: Ts.Node): boolean {
  if (!ts.isIdentifier(app) || httpAppOf(piece, app)?.kind !== "server") return false;
  const declaration = declarationOf(piece.scopes, app);
  const isOwn = (use: Ts.Node): boolean =>
    use.parent === declaration || (use.pos >= call.pos && use.end <= call.end);
  return piece.scopes.occurrencesOf(app).some((use) => !isOwn(use));
}

export function mayDoMore(piece: Workpiece, argument: Ts.Expression, app?: Ts.Node): boolean {
  if (app && argument.pos <= app.pos && argument.end >= app.end) return false;
  if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument))
    return !onlyLogs(piece, argument.body);
  return ts.isIdentifier(argument) && /^(cb|callback|on[A-Z]|done|ready)/.test(argument.text);
}

/** `export function start() { app.listen(port); }`: the app is whole without it. */
function isOnlyStart(piece: Workpiece, fn: Ts.Node, { call }: Listening): boolean {
  const { body } = fn as Ts.FunctionLikeDeclaration;
  if (body === undefined || ts.isMethodDeclaration(fn) || ts.isConstructorDeclaration(fn)) return false;
  if (!ts.isBlock(body)) return unwrap(call) === body;
  return body.statements.every((statement) => {
    const holds = call.pos >= statement.pos && call.end <= statement.end;
    return (
      holds || (ts.isExpressionStatement(statement) && /^(console|log(ger)?)\b/.test(piece.textOf(statement)))
    );
  });
}
