import type { ts as Ts } from "ts-morph";
import { unwrap } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Handler } from "./answers.js";
import type { Listening } from "./find-listening.js";
import { mayDoMore, refuse } from "./listener.js";
import type { Place } from "./listening-place.js";
import type { Names } from "./names.js";
import { onlyLogs } from "./only-logs.js";

type AwaitedPlace = Extract<Place, { when: "awaited" }>;
type LaterPlace = Extract<Place, { when: "awaited" | "then" | "callback" }>;

/**
 * An app whose server starts when something else is done, such as a connection to a database: what waits for that gives the
 * app in place of starting the server, and `http()` takes the promise of it.
 */
export function registerLater(piece: Workpiece, names: Names, listening: Listening, place: LaterPlace): void {
  const problem = obstacle(piece, listening, place);
  if (problem !== undefined) return refuse(piece, listening, problem);
  const site =
    place.when === "awaited" ? fromFunction(piece, listening, place) : fromStatement(piece, listening, place);
  const statement = place.when === "awaited" ? statementOf(place.run) : place.statement;
  const { eol, semicolon } = piece.format;
  const main = `${names.main([names.http("site", site)])}${semicolon}`;
  piece.edits.insert(
    statement.end,
    `${piece.source.text[statement.end - 1] === ";" ? "" : semicolon}${eol}${main}`,
  );
}

function obstacle(piece: Workpiece, listening: Listening, place: LaterPlace): string | undefined {
  const { app, call, mayStay } = listening;
  if (app.kind === "fetch" || !mayStay)
    return "it waits for something else, and the app is made of fetch functions";
  if (app.kind === "own") return "it waits for something else, and which app it starts cannot be seen";
  const { parent } = unwrap(call);
  const isValue = parent === place.fn || ts.isReturnStatement(parent);
  if (!ts.isExpressionStatement(parent) && !isValue)
    return "it waits for something else, and its result is used";
  if (call.arguments.some((argument) => mayDoMore(piece, argument)))
    return "it waits for something else, and its callback does more than log";
  if (place.when !== "callback" && !isValue && !isLastButLogs(piece, parent, place.fn))
    return "it waits for something else, and more follows it";
  if (place.when === "awaited" && !ts.isExpressionStatement(statementOf(place.run)))
    return "it waits for something else, and the result of that is used";
  return undefined;
}

/** `await app.listen()` as the last thing of a function, in a `try` or not: only logging may follow. */
function isLastButLogs(piece: Workpiece, statement: Ts.Node, fn: Ts.Node): boolean {
  for (let node = statement; node.parent !== fn; node = node.parent) {
    const { parent } = node;
    if (ts.isBlock(parent)) {
      const following = parent.statements.slice(parent.statements.indexOf(node as Ts.Statement) + 1);
      const quiet = following.every(
        (one) => ts.isExpressionStatement(one) && onlyLogs(piece, one.expression as Ts.ConciseBody),
      );
      if (!quiet) return false;
    } else if (!ts.isTryStatement(parent)) return false;
    else if (parent.finallyBlock) return false;
  }
  return true;
}

/** `start()` gives the app: `return app` in its function. @returns what stands for the promise */
function fromFunction(piece: Workpiece, { call, app }: Listening, { fn, run }: AwaitedPlace): string {
  giveApp(piece, call, piece.textOf(app.node), fn);
  const statement = statementOf(run);
  const name = piece.scopes.freeName("site");
  const [whole, own] = [piece.rangeOf(statement), piece.rangeOf(run)];
  const { eol, semicolon } = piece.format;
  // start().catch(...) goes on with the promise.
  const rest = piece.source.text.slice(own.end, whole.end).replace(/^\)*/, "");
  const isChained = /^\s*\./.test(rest);
  piece.edits.replace({ start: whole.start, end: own.start }, `const ${name} = `);
  if (isChained) piece.edits.insert(own.end, `${semicolon}${eol}${name}`);
  return name;
}

function fromStatement(
  piece: Workpiece,
  { call, app }: Listening,
  place: Extract<Place, { when: "then" | "callback" }>,
): string {
  const { eol, semicolon } = piece.format;
  const name = piece.scopes.freeName("site");
  const text = piece.textOf(app.node);
  const { start } = piece.rangeOf(place.statement);
  if (place.when === "then") {
    giveApp(piece, call, text, place.fn);
    const chain = place.fn.parent;
    piece.edits.insert(start, `const ${name} = `);
    if (/^\s*\./.test(piece.source.text.slice(chain.end)))
      piece.edits.insert(chain.end, `${semicolon}${eol}${name}`);
    return name;
  }
  const resolve = piece.scopes.freeName("resolve");
  const type = /\.[cm]?tsx?$/i.test(piece.source.path) ? `<typeof ${text}>` : "";
  piece.edits.insert(
    start,
    `const ${name} = new Promise${type}((${resolve}) => {${eol}${piece.format.indent}`,
  );
  piece.edits.replace(piece.rangeOf(unwrap(call)), `${resolve}(${text})`);
  piece.edits.insert(place.statement.end, `${eol}})${semicolon}`);
  return name;
}

/** Puts the app in the place of the call that starts its server, as the value of the function around it. */
function giveApp(piece: Workpiece, call: Ts.CallExpression, app: string, fn: Handler): void {
  const value = unwrap(call);
  dropType(piece, fn);
  const isStatement = ts.isExpressionStatement(value.parent);
  piece.edits.replace(piece.rangeOf(value), isStatement ? `return ${app}` : app);
  if (!isStatement) return;
  // What is logged about the server comes before the value is given.
  const block = value.parent.parent;
  if (!ts.isBlock(block)) return;
  const following = block.statements.slice(block.statements.indexOf(value.parent as Ts.Statement) + 1);
  const [first] = following;
  const last = following.at(-1);
  if (first && last) piece.edits.replace({ start: (value.parent as Ts.Statement).end, end: last.end }, "");
}

// `: Promise<void>` was true before.
function dropType(piece: Workpiece, { type }: Handler): void {
  if (type === undefined) return;
  const close = piece.source.text.lastIndexOf(")", type.getStart(piece.root));
  piece.edits.replace({ start: close + 1, end: type.end }, "");
}

function statementOf(node: Ts.Node): Ts.Statement {
  let current = node;
  while (!ts.isStatement(current)) current = current.parent;
  return current;
}
