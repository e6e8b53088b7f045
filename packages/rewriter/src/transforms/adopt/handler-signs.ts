import type { ts as Ts } from "ts-morph";
import { moduleOf, rootOf, valueOf } from "../../source/declarations.js";
import type { Exported } from "../../source/exports.js";
import { hasModifier, returnsOf } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Handler } from "./answers.js";

// Fields that Lambda's events have and the arguments of other functions rarely do.
const EVENT_FIELDS =
  /^(Records|body|rawPath|headers|pathParameters|queryStringParameters|multiValueHeaders|requestContext|stageVariables|isBase64Encoded|detail|detailType|httpMethod|routeKey|identity|authorizationToken|methodArn|invocationId|records|triggerSource)$/;
const REQUEST = /^_*(req|request|ctx|c)$/i;
const REPLY = /^_*(res|resp|response|reply|next|h)$/i;

/** Whether an export is a Lambda handler: by its declared type, by what it takes, or by its name. */
export function isHandler(piece: Workpiece, exported: Exported): boolean {
  const { name, value, type, from } = exported;
  if (from) return isHandlerName(name);
  if (type && /\b\w*Handler(V2)?\b/.test(piece.textOf(type)) && !isListenerType(piece.textOf(type)))
    return true;
  if (isFunction(value)) return isHandlerFunction(piece, name, value);
  if (ts.isCallExpression(value)) return isMadeHandler(piece, name, value);
  // A class, or a value from elsewhere: only the name can tell.
  const isOther = ts.isClassLike(value) || ts.isObjectLiteralExpression(value) || ts.isNewExpression(value);
  return name === "handler" && !isOther;
}

function isHandlerName(name: string): boolean {
  return name === "handler" || /^(lambda)?Handler$/i.test(name);
}

function isListenerType(type: string): boolean {
  return /RequestHandler|RouteHandler|MouseEvent|ChangeEvent|EventHandler|ErrorRequestHandler/.test(type);
}

function isHandlerFunction(piece: Workpiece, name: string, fn: Handler): boolean {
  if (fn.parameters.length > 3 || isListenerFunction(piece, fn)) return false;
  if (name === "handler") return true;
  if (takesEvent(piece, fn)) return name === "default" || answersLater(piece, fn);
  return name !== "default" && /Handler$/.test(name) && fn.parameters.length === 0 && !fn.type;
}

/**
 * Whether Lambda would take what a function answers: a promise, or what it gives a callback or its context. A function of
 * one parameter that returns at once is only something that a handler uses.
 */
function answersLater(piece: Workpiece, fn: Handler): boolean {
  if (hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || fn.parameters.length > 1) return true;
  const values =
    !fn.body || ts.isBlock(fn.body) ? returnsOf(fn).map(({ expression }) => expression) : [fn.body];
  return values.some((value) => value !== undefined && isPromise(piece, value as Ts.Expression));
}

function isPromise(piece: Workpiece, value: Ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(value))
    return /\bstatusCode\b|\bbatchItemFailures\b/.test(piece.textOf(value));
  return /^new Promise\b|^Promise\.|\.(then|catch|finally|promise)\([^]*\)$/.test(piece.textOf(value));
}

/** `(req, res)`, `(request, reply)`, `(ctx, next)`: functions of a web framework. */
export function isListenerFunction(piece: Workpiece, fn: Handler): boolean {
  const [first, second] = fn.parameters.map((parameter) => piece.textOf(parameter.name));
  if (first === undefined || second === undefined) return false;
  return REPLY.test(second) || (REQUEST.test(first) && /^_*(next|res)/i.test(second));
}

/** Whether a function's first parameter is one of Lambda's events, by its type, its name or the fields taken from it. */
export function takesEvent(piece: Workpiece, fn: Handler): boolean {
  const [first] = fn.parameters;
  if (first === undefined || fn.parameters.length > 3) return false;
  const name = piece.textOf(first.name);
  const isNamed = ts.isIdentifier(first.name) && /^_*(event|evt|lambdaEvent)$/i.test(name);
  if (first.type) {
    const type = piece.textOf(first.type);
    if (isBrowserEvent(type)) return false;
    return isNamed || /Event(V2)?\b|Event</.test(type);
  }
  if (isNamed) return true;
  return (
    ts.isObjectBindingPattern(first.name) &&
    first.name.elements.some((element) => {
      const from = element.propertyName ?? element.name;
      return ts.isIdentifier(from) && EVENT_FIELDS.test(from.text);
    })
  );
}

function isBrowserEvent(type: string): boolean {
  return /^(React\.)?(\w*(Mouse|Keyboard|Change|Form|Focus|Pointer|Touch|Drag|Clipboard|Wheel|UI|Synthetic|Submit|Input)Event\b)/.test(
    type,
  );
}

/** `middy(hello)`, `wrap(async (event) => ...)`, `server.createHandler()`: by its name, its maker, or what it wraps. */
function isMadeHandler(piece: Workpiece, name: string, call: Ts.CallExpression): boolean {
  const wrapped = functionsGivenTo(piece, call);
  if (wrapped.some((fn) => isListenerFunction(piece, fn))) return false;
  if (wrapped.some((fn) => takesEvent(piece, fn))) return true;
  if (isRegistration(piece, call)) return false;
  const callee = piece.textOf(call.expression);
  if (name === "handler") return true;
  if (/^(asyncHandler|expressAsyncHandler|handler?ify)$/.test(callee)) return false;
  if (/middy|middif/i.test(callee)) return true;
  const makes = /(lambda|handler)(\.\w+\([^)]*\))*$/i.test(callee) || /\bwrap(Handler|Lambda)\b/.test(callee);
  return makes && (name === "main" || /handler$/i.test(name) || call.arguments.length > 0);
}

// What is a function already, or an app, and no handler.
function isRegistration(piece: Workpiece, call: Ts.CallExpression): boolean {
  const maker = rootOf(call.expression);
  const module = maker && moduleOf(piece.scopes, maker);
  return module !== undefined && /^(react|next|express-async-handler|jest|vitest)(\/|$)/.test(module);
}

/** The functions among a call's arguments, and those of the calls that it is chained to. */
export function functionsGivenTo(piece: Workpiece, call: Ts.CallExpression): Handler[] {
  const own = call.arguments.flatMap((argument) => {
    if (isFunction(argument)) return [argument];
    if (!ts.isIdentifier(argument)) return [];
    const declared = functionNamed(piece, argument);
    return declared ? [declared] : [];
  });
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isCallExpression(callee.expression)) return own;
  return [...functionsGivenTo(piece, callee.expression), ...own];
}

/** The function that a variable of the file stands for. */
export function functionNamed(piece: Workpiece, use: Ts.Identifier): Handler | undefined {
  const value = valueOf(piece.scopes, use);
  if (value && isFunction(value)) return value;
  const declared = piece.scopes.occurrencesOf(use).find(({ parent }) => ts.isFunctionDeclaration(parent));
  return declared && (declared.parent as Ts.FunctionDeclaration);
}

export function isFunction(node: Ts.Node): node is Handler {
  const value = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return value || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}
