import type { ts as Ts } from "ts-morph";
import { inner, madeBy, valueOf } from "../../source/declarations.js";
import { memberUses } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { httpAppOf, type HttpApp } from "./http-apps.js";

/** One place where a server starts. */
export interface Listening {
  readonly call: Ts.CallExpression;
  readonly app: HttpApp;
  /** Whether the function that starts it exists in Node: it may stay where it is. */
  readonly mayStay: boolean;
}

/** Every `app.listen(3000)`, Hono's `serve(app)`, `Bun.serve(...)` and `Deno.serve(...)` of a file, in source order. */
export function findListening(piece: Workpiece): Listening[] {
  const serve = memberUses(piece.scopes, "@hono/node-server", "serve").calls;
  const found: Listening[] = serve.flatMap((call) => served(call, true));
  const visit = (node: Ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(...listeningAt(piece, node));
    ts.forEachChild(node, visit);
  };
  visit(piece.root);
  // A class of the file that calls `this.app.listen()` starts no second server.
  const outside = found.filter(({ app }) => !isThis(app.node));
  const distinct = outside.length > 0 ? outside : found;
  return distinct.sort((a, b) => a.call.pos - b.call.pos);
}

function isThis(node: Ts.Node): boolean {
  return /^this\b/.test(node.getText());
}

function listeningAt(piece: Workpiece, call: Ts.CallExpression): Listening[] {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const isGlobal = /^(Bun|Deno)$/.test(piece.textOf(callee.expression)) && callee.name.text === "serve";
  if (isGlobal) return served(call, false);
  const method = callee.name.text;
  // hapi's servers listen when they start.
  const starts = method === "start" && /^@?hapi(\/hapi)?$/.test(makerOf(piece, callee.expression) ?? "");
  if (method !== "listen" && !starts) return [];
  const app = httpAppOf(piece, callee.expression);
  if (app === undefined) return [];
  // Without a port it is a method of the project's own that knows it.
  const isOwn = app.kind === "assumed" && call.arguments.length === 0;
  return [{ call, app: isOwn ? { ...app, kind: "own" } : app, mayStay: true }];
}

/** The package that a variable's value is made by. */
function makerOf(piece: Workpiece, object: Ts.Expression): string | undefined {
  const value = ts.isIdentifier(object) ? valueOf(piece.scopes, object) : object;
  return value && madeBy(piece.scopes, value);
}

/** `serve(app)`, `serve({ fetch: app.fetch })`, `Deno.serve({ port }, handler)`. */
function served(call: Ts.CallExpression, mayStay: boolean): Listening[] {
  const given = call.arguments.find((argument) => !isOptionsOnly(argument)) ?? call.arguments[0];
  if (given === undefined) return [];
  const value = inner(given);
  const node = ts.isObjectLiteralExpression(value) ? fetchOf(value) : value;
  return [{ call, app: { kind: "fetch", node, givesServer: mayStay }, mayStay }];
}

function isOptionsOnly(argument: Ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(argument) && !argument.properties.some((one) => nameOf(one) === "fetch")
  );
}

/** The app whose `fetch` an object holds, or the object. */
function fetchOf(object: Ts.ObjectLiteralExpression): Ts.Expression {
  const property = object.properties.find((one) => nameOf(one) === "fetch");
  if (!property || !ts.isPropertyAssignment(property)) return object;
  const value = property.initializer;
  const isBound = ts.isPropertyAccessExpression(value) && value.name.text === "fetch";
  return isBound ? value.expression : object;
}

function nameOf(property: Ts.ObjectLiteralElementLike): string | undefined {
  return property.name && ts.isIdentifier(property.name) ? property.name.text : undefined;
}
