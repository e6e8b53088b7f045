import type { ts as Ts } from "ts-morph";
import { exportsOf, type Exported } from "../../source/exports.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { answerByPromise } from "./answer-by-promise.js";
import { nameDefault } from "./default-export.js";
import type { Names } from "./names.js";

/** Registers each exported Lambda handler; one that answers through callbacks is made to return a promise first. */
export function adoptHandlers(piece: Workpiece, names: Names, done: ReadonlySet<Ts.Node>): string[] {
  const handlers = exportsOf(piece.scopes).filter(
    (exported) => !done.has(exported.value) && isHandler(piece, exported),
  );
  // The same function under two names is one function.
  const distinct = handlers.filter(
    ({ value }, index) => handlers.findIndex((other) => other.value === value) === index,
  );
  return distinct.flatMap((exported) => {
    if (isStreaming(piece, exported.value)) {
      piece.report("LAC1047", exported.node, { what: exported.name });
      return [];
    }
    if (isFunction(exported.value)) answerByPromise(piece, exported.value);
    const name = exported.name === "default" ? "handler" : exported.name;
    return [names.lambda(name, exported.reference ?? nameDefault(piece, exported))];
  });
}

/** By its name, by its declared type, or by what it takes: the usual names and types of Lambda's events. */
function isHandler(piece: Workpiece, { name, value, type }: Exported): boolean {
  if (type && /\bHandler(V2)?\b|\w+Handler(V2)?\b/.test(piece.textOf(type))) return true;
  const handlerish = /^handler$|Handler$|^handle[A-Z]?/.test(name);
  if (isFunction(value)) return takesEvent(piece, value) || (handlerish && value.parameters.length <= 3);
  if (ts.isCallExpression(value))
    return (
      handlerish || value.arguments.some((argument) => isFunction(argument) && takesEvent(piece, argument))
    );
  // A class, or a value from elsewhere: only the name can tell.
  return name === "handler" && !ts.isClassDeclaration(value) && !ts.isObjectLiteralExpression(value);
}

function takesEvent(piece: Workpiece, fn: Ts.FunctionLikeDeclaration): boolean {
  const [first] = fn.parameters;
  if (first === undefined || fn.parameters.length > 3) return false;
  if (first.type)
    return (
      /Event(V2)?\b|Event</.test(piece.textOf(first.type)) || /^_*(event|evt)$/.test(piece.textOf(first.name))
    );
  return ts.isIdentifier(first.name) && /^_*(event|evt)$/i.test(first.name.text);
}

function isStreaming(piece: Workpiece, value: Ts.Node): boolean {
  return ts.isCallExpression(value) && /streamifyResponse$/.test(piece.textOf(value.expression));
}

function isFunction(
  node: Ts.Node,
): node is Ts.FunctionDeclaration | Ts.FunctionExpression | Ts.ArrowFunction | Ts.MethodDeclaration {
  const value = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return value || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}
