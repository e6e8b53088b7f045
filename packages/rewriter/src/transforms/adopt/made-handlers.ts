import type { ts as Ts } from "ts-morph";
import { moduleOf, rootOf } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { answersOf } from "./answers.js";
import { functionNamed, functionsGivenTo, isFunction } from "./handler-signs.js";
import type { Answering } from "./names.js";

/** What makes handlers that return promises, as far as the handlers given to it do. */
const PROMISING =
  /^(@middy\/.+|@sentry\/.+|@aws-lambda-powertools\/.+|@as-integrations\/.+|@codegenie\/serverless-express|@vendia\/serverless-express|@fastify\/aws-lambda|serverless-http|hono\/.+|@trpc\/.+|datadog-lambda-js|@hono\/.+)$/;

/**
 * How a handler answers that some call makes. A function of three parameters made elsewhere may answer through its callback
 * or by a promise; only what is known to return promises is written down as such.
 */
export function answeringOfMade(piece: Workpiece, value: Ts.Node): Answering {
  if (!ts.isCallExpression(value)) return "either";
  const usesCallback = functionsGivenTo(piece, value).some((fn) => {
    const { answers, passedOn } = answersOf(piece, fn);
    return answers.length > 0 || passedOn.length > 0;
  });
  if (usesCallback) return "either";
  const maker = rootOf(value.expression);
  if (maker === undefined) return "either";
  const module = moduleOf(piece.scopes, maker);
  if (module !== undefined) return isPromising(module, maker.text) ? "event" : "either";
  return makesPromises(piece, maker) ? "event" : "either";
}

function isPromising(module: string, maker: string): boolean {
  // A project's own `middyfy` puts middy around a handler, as the templates of the Serverless Framework do.
  return PROMISING.test(module) || (/^[.@~/#]/.test(module) && /^middy|^middif/i.test(maker));
}

/** A maker of this file that returns an async function. */
function makesPromises(piece: Workpiece, maker: Ts.Identifier): boolean {
  const fn = functionNamed(piece, maker);
  if (!fn?.body) return false;
  const made = ts.isBlock(fn.body)
    ? fn.body.statements.flatMap((one) =>
        ts.isReturnStatement(one) && one.expression ? [one.expression] : [],
      )
    : [fn.body];
  return (
    made.length > 0 &&
    made.every(
      (one) =>
        isFunction(one) && (one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false),
    )
  );
}
