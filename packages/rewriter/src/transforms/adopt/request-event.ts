import type { ts as Ts } from "ts-morph";
import { memberUses } from "../../source/member-uses.js";
import { declarationOf, moduleOf, rootOf, valueOf } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Adapter } from "./adapter-table.js";
import { dropImport, withLine } from "./unused-import.js";

const MIDDLEWARE = ["aws-serverless-express/middleware", "@vendia/serverless-express/middleware"];

/**
 * Adapters give the event to the app in a property of the request, or through a function. `http()` has it in `req.lambda`:
 * what the file reads itself is changed or reported, and of an app from another file it is said.
 */
export function replaceEventAccess(piece: Workpiece, adapter: Adapter, app: Ts.Expression): void {
  const property = adapter.request;
  for (const module of [adapter.module, ...MIDDLEWARE]) {
    for (const call of memberUses(piece.scopes, module, "getCurrentInvoke").calls)
      piece.report("LAC1049", call, { what: "getCurrentInvoke()" });
    replaceMiddleware(piece, module);
  }
  if (property) replaceProperty(piece, property, property === "apiGateway" ? "lambda" : undefined);
  if (adapter.module === "serverless-http")
    replaceProperty(piece, "requestContext", "lambda.event.requestContext");
  const root = rootOf(app);
  const module = root && moduleOf(piece.scopes, root);
  const isElsewhere = root && module && /^[.@~/#]/.test(module) && valueOf(piece.scopes, root) === undefined;
  if (isElsewhere && property)
    piece.report("LAC1051", root, { what: root.text, property: `req.${property}` });
}

/** `app.use(eventContext())` sets `req.apiGateway`; so does a middleware that takes it from `req.lambda`. */
function replaceMiddleware(piece: Workpiece, module: string): void {
  const uses = memberUses(piece.scopes, module, "eventContext");
  const typed = /\.[cm]?tsx?$/i.test(piece.source.path);
  const any = typed ? ": any" : "";
  for (const call of uses.calls) {
    if (call.arguments.length > 0) piece.report("LAC1049", call, { what: piece.textOf(call.expression) });
    else {
      const text = `(req${any}, _res${any}, next${any}) => { req.apiGateway = req.lambda; next(); }`;
      piece.edits.replace(piece.rangeOf(call), text);
    }
  }
  if (uses.calls.length === 0) return;
  for (const specifier of uses.specifiers) {
    const range = dropImport(piece, specifier);
    if (range) piece.edits.replace(withLine(piece, range), "");
  }
}

/** `req.apiGateway` becomes `req.lambda`; what reads it in another way, or has no such name, is reported. */
function replaceProperty(piece: Workpiece, property: string, replacement: string | undefined): void {
  // Where a middleware of the file sets it, it is there.
  if (piece.edits.list().some(({ newText }) => newText.includes(`req.${property} = req.lambda`))) return;
  const visit = (node: Ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === property &&
      isRequest(piece, node.expression)
    ) {
      if (replacement === undefined) piece.report("LAC1049", node, { what: piece.textOf(node) });
      else piece.edits.replace(piece.rangeOf(node.name), replacement);
    } else if (readsByName(piece, node, property)) piece.report("LAC1049", node, { what: property });
    ts.forEachChild(node, visit);
  };
  visit(piece.root);
}

/** `req`, `ctx.req`, and the first parameter of a function, whatever its name. */
function isRequest(piece: Workpiece, object: Ts.Expression): boolean {
  const text = piece.textOf(object);
  if (/(^|\.)_*(req|request)$/.test(text)) return true;
  if (!ts.isIdentifier(object) || /^_*(event|evt)$/i.test(text)) return false;
  const declaration = declarationOf(piece.scopes, object);
  return (
    declaration !== undefined && ts.isParameter(declaration) && declaration.parent.parameters.length >= 2
  );
}

/** `const { apiGateway } = req` and `req["apiGateway"]`. */
function readsByName(piece: Workpiece, node: Ts.Node, property: string): boolean {
  if (ts.isElementAccessExpression(node)) {
    const { argumentExpression: name, expression } = node;
    return ts.isStringLiteralLike(name) && name.text === property && isRequest(piece, expression);
  }
  if (!ts.isBindingElement(node)) return false;
  const name = node.propertyName ?? node.name;
  const holder = node.parent.parent;
  const from = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  const isFirst =
    ts.isParameter(holder) && holder.parent.parameters[0] === holder && holder.parent.parameters.length >= 2;
  const isOfRequest = isFirst || (from !== undefined && isRequest(piece, from));
  return ts.isIdentifier(name) && name.text === property && isOfRequest;
}
