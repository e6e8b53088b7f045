import type { ts as Ts } from "ts-morph";
import { assignmentsTo, declarationOf, inner, madeBy, moduleOf, valueOf } from "../../source/declarations.js";
import { returnsOf } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { functionNamed } from "./handler-signs.js";

const FRAMEWORKS =
  /^(express|koa|fastify|polka|connect|restify|hono|@hono\/(?!node-server).+|@nestjs\/core|h3|elysia|itty-router|find-my-way|router|@tinyhttp\/app|micro|hyper-express|@feathersjs\/(express|koa)|@adonisjs\/core|@?hapi(?:\/hapi)?|json-server|apollo-server-express)$/;
const FETCHING = /^(hono|@hono\/.+|elysia|itty-router)$/;
const SERVERS = /^(node:)?https?2?$/;
/** Frameworks whose `listen` returns Node's server. */
const GIVES_SERVER = /^(express|koa|connect|@feathersjs\/koa|restify)$/;

/**
 * What answers requests. `app` and `fetch` are known frameworks, `server` is Node's, `assumed` comes from another file of
 * the project, `own` has a `listen` of the project's own, of which only the server that it starts is an app.
 */
export interface HttpApp {
  readonly kind: "app" | "fetch" | "server" | "assumed" | "own";
  readonly node: Ts.Expression;
  /** Whether the result of `listen` is Node's server. */
  readonly givesServer: boolean;
}

/** The HTTP app that an expression is, or that listens when its `listen` is called; undefined when it is none known here. */
export function httpAppOf(piece: Workpiece, expression: Ts.Expression, depth = 0): HttpApp | undefined {
  const object = inner(expression);
  if (depth > 5) return undefined;
  if (object.kind === ts.SyntaxKind.ThisKeyword || rootIsThis(object)) return own(object);
  if (ts.isIdentifier(object)) return variableApp(piece, object, depth);
  if (ts.isPropertyAccessExpression(object) || isLoading(object)) {
    const module = madeBy(piece.scopes, object);
    return module !== undefined && isOfProject(module) ? assumed(object) : undefined;
  }
  if (ts.isConditionalExpression(object)) {
    const [one, other] = [object.whenTrue, object.whenFalse].map((branch) =>
      httpAppOf(piece, branch, depth + 1),
    );
    return one && other && one.kind === other.kind ? { ...one, node: object } : undefined;
  }
  if (!ts.isCallExpression(object) && !ts.isNewExpression(object)) return undefined;
  return madeApp(piece, object, depth);
}

function variableApp(piece: Workpiece, use: Ts.Identifier, depth: number): HttpApp | undefined {
  const value = initialValue(piece, use);
  const module = moduleOf(piece.scopes, use);
  const promise = promiseOf(piece, use);
  if (promise) {
    const given = httpAppOf(piece, promise, depth + 1);
    return given && { ...given, node: use };
  }
  if (
    value === undefined ||
    (module !== undefined && (isLoading(value) || ts.isPropertyAccessExpression(value)))
  ) {
    if (module === undefined || !isOfProject(module)) return undefined;
    // What a class or module of the project calls `listen` need not be an app.
    return /^[A-Z]/.test(use.text) ? own(use) : assumed(use);
  }
  const found = httpAppOf(piece, value, depth + 1);
  return found && { ...found, node: use };
}

/** The promise that a variable is the value of: `createApp().then((app) => ...)`. */
function promiseOf(piece: Workpiece, use: Ts.Identifier): Ts.Expression | undefined {
  const declaration = declarationOf(piece.scopes, use);
  if (!declaration || !ts.isParameter(declaration)) return undefined;
  const fn = declaration.parent;
  const { parent: call } = fn;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const isFirst = call.arguments[0] === (fn as Ts.Node) && fn.parameters[0] === declaration;
  return isFirst && call.expression.name.text === "then" ? call.expression.expression : undefined;
}

/** What a variable is made with: its initial value, or the only one that it is given. */
function initialValue(piece: Workpiece, use: Ts.Identifier): Ts.Expression | undefined {
  const value = valueOf(piece.scopes, use);
  if (value) return value;
  const declaration = declarationOf(piece.scopes, use);
  const [assignment, other] = declaration ? assignmentsTo(piece.scopes, use) : [];
  if (!assignment || other || !ts.isBinaryExpression(assignment.parent)) return undefined;
  return inner(assignment.parent.right);
}

function madeApp(
  piece: Workpiece,
  made: Ts.CallExpression | Ts.NewExpression,
  depth: number,
): HttpApp | undefined {
  const module = madeBy(piece.scopes, made.expression);
  if (module && SERVERS.test(module)) {
    const isServer = /(^|\.)(create(Secure)?Server|Server)$/.test(piece.textOf(made.expression));
    return isServer ? { kind: "server", node: made, givesServer: true } : undefined;
  }
  if (module && FRAMEWORKS.test(module)) {
    const kind = FETCHING.test(module) ? "fetch" : "app";
    return { kind, node: made, givesServer: GIVES_SERVER.test(module) };
  }
  // Something around a server, such as stoppable(http.createServer(app)).
  const wrapped = (made.arguments ?? []).map((argument) => httpAppOf(piece, argument, depth + 1));
  if (wrapped.some((app) => app?.kind === "server")) return { kind: "server", node: made, givesServer: true };
  const isOther = module !== undefined && !isOfProject(module);
  if (ts.isNewExpression(made)) return isOther ? undefined : own(made);
  const fn = ts.isIdentifier(made.expression) ? functionNamed(piece, made.expression) : undefined;
  const returned = fn && (fn.body && !ts.isBlock(fn.body) ? fn.body : returnsOf(fn)[0]?.expression);
  const inside = returned && httpAppOf(piece, returned as Ts.Expression, depth + 1);
  if (inside) return { ...inside, node: made };
  return module !== undefined && isOfProject(module) ? assumed(made) : undefined;
}

/** A relative path, or an alias as bundlers and tsconfig have them. */
function isOfProject(module: string): boolean {
  return /^(\.|[~@#]\/|#|src\/)/.test(module);
}

function own(node: Ts.Expression): HttpApp {
  return { kind: "own", node, givesServer: false };
}

function assumed(node: Ts.Expression): HttpApp {
  return { kind: "assumed", node, givesServer: false };
}

function rootIsThis(expression: Ts.Expression): boolean {
  let current: Ts.Expression = expression;
  while (ts.isPropertyAccessExpression(current)) current = current.expression;
  return current.kind === ts.SyntaxKind.ThisKeyword;
}

/** `require("./app")` and `import("./app")` themselves, not what is made of them. */
function isLoading(value: Ts.Expression): boolean {
  if (!ts.isCallExpression(value)) return false;
  const { expression } = value;
  return expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === "require";
}
