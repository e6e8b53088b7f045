import type { ts as Ts } from "ts-morph";
import { inner, moduleOf, valueOf } from "../../source/declarations.js";
import { memberUses, unwrap } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Names } from "./names.js";
import { onlyLogs } from "./only-logs.js";
import { dropImport } from "./unused-import.js";

const FRAMEWORKS = /^(express|koa|fastify|polka|connect|restify|hono|@hono\/.+|@nestjs\/core|h3|elysia)$/;
const SERVERS = /^(node:)?https?2?$/;

interface Listener {
  readonly call: Ts.CallExpression;
  readonly app: Ts.Node;
}

/** `app.listen(3000)` and Hono's `serve(app)` become `main(..., [http("site", app)])`. @returns whether one was found */
export function adoptListener(piece: Workpiece, names: Names): boolean {
  const serve = memberUses(piece.scopes, "@hono/node-server", "serve");
  const listeners = [...serve.calls.map((call) => served(call)), ...callsOfListen(piece)].filter(
    (found) => found !== undefined,
  );
  const [first, second] = listeners;
  if (first === undefined) return false;
  const problem = second ? "the file starts more than one server" : obstacle(piece, first);
  if (problem !== undefined) {
    piece.report("LAC1044", (second ?? first).call, {
      what: piece.textOf((second ?? first).call.expression),
      reason: problem,
    });
    return true;
  }
  const registered = names.main([names.http("site", piece.textOf(first.app))]);
  piece.edits.replace(piece.rangeOf(unwrap(first.call)), registered);
  for (const specifier of serve.specifiers) {
    const range = dropImport(piece, specifier);
    if (range) names.importInsteadOf(range);
  }
  return true;
}

/** `serve(app)` or `serve({ fetch: app.fetch })`. */
function served(call: Ts.CallExpression): Listener | undefined {
  const [first] = call.arguments;
  if (first === undefined || !ts.isObjectLiteralExpression(first)) return first && { call, app: first };
  const fetch = first.properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === "fetch");
  if (!fetch || !ts.isPropertyAssignment(fetch)) return undefined;
  const value = fetch.initializer;
  const bound = ts.isPropertyAccessExpression(value) && value.name.text === "fetch";
  return { call, app: bound ? value.expression : value };
}

function callsOfListen(piece: Workpiece): (Listener | undefined)[] {
  const found: (Listener | undefined)[] = [];
  const visit = (node: Ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "listen"
    ) {
      const app = listeningApp(piece, inner(node.expression.expression));
      if (app) found.push({ call: node, app });
    }
    ts.forEachChild(node, visit);
  };
  visit(piece.root);
  return found;
}

/** What answers the requests of the thing that listens; undefined when it is no HTTP app that is known here. */
function listeningApp(piece: Workpiece, object: Ts.Expression): Ts.Node | undefined {
  if (ts.isIdentifier(object)) {
    const value = valueOf(piece.scopes, object);
    if (value === undefined || isLoading(value))
      return moduleOf(piece.scopes, object) === undefined ? undefined : object;
    const created = listeningApp(piece, value);
    return created === value ? object : created;
  }
  if (!ts.isCallExpression(object) && !ts.isNewExpression(object)) return undefined;
  const maker = rootOf(object.expression);
  const module = maker && moduleOf(piece.scopes, maker);
  if (module && SERVERS.test(module)) return object.arguments?.find((argument) => ts.isIdentifier(argument));
  return module && FRAMEWORKS.test(module) ? object : undefined;
}

function isLoading(value: Ts.Expression): boolean {
  return /^(require|import)\(/.test(value.getText());
}

function rootOf(callee: Ts.Expression): Ts.Identifier | undefined {
  let current: Ts.Expression = callee;
  while (ts.isPropertyAccessExpression(current) || ts.isCallExpression(current)) current = current.expression;
  return ts.isIdentifier(current) ? current : undefined;
}

/** Why a call of `listen` cannot be replaced; undefined when it can. */
function obstacle(piece: Workpiece, { call, app }: Listener): string | undefined {
  const parent = unwrap(call).parent;
  if (ts.isPropertyAccessExpression(parent)) return `${parent.name.text}() is called on its result`;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    if (piece.scopes.occurrencesOf(parent.name).length > 1)
      return `its result is used as ${parent.name.text}`;
  } else if (
    !ts.isExpressionStatement(parent) &&
    !ts.isReturnStatement(parent) &&
    parent.kind !== ts.SyntaxKind.ArrowFunction
  ) {
    return "its result is used";
  }
  if (ts.isCallExpression(app) || ts.isNewExpression(app)) return "the app has no name";
  const busy = call.arguments.find((argument) => mayDoMore(piece, argument));
  return busy && "its callback does more than log";
}

function mayDoMore(piece: Workpiece, argument: Ts.Expression): boolean {
  if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument))
    return !onlyLogs(piece, argument.body);
  return ts.isIdentifier(argument) && /^(cb|callback|on[A-Z]|done|ready)/.test(argument.text);
}
