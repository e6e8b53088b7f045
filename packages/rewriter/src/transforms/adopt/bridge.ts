import type { Workpiece } from "../transform.js";

/**
 * Appends a handler that takes the answer as Lambda's Node runtime does: from the callback, or from the promise that comes
 * back, whichever is first. For handlers of which it is not known, because they are made elsewhere.
 * @returns its name
 */
export function bridge(piece: Workpiece, name: string, handler: string): string {
  const { indent, semicolon } = piece.format;
  const typed = /\.[cm]?tsx?$/i.test(piece.source.path);
  const local = piece.scopes.freeName(`${name.replace(/\W+/g, "_")}Answer`);
  const of = (type: string): string => (typed ? `: ${type}` : "");
  const parameters = `(event${of("unknown")}, context${of("unknown")})`;
  const promise = typed ? " as PromiseLike<unknown> | undefined" : "";
  const answer = `(error${of("unknown")}, result${of("unknown")}) =>`;
  piece.append(
    "/** Answers by the handler's callback or by its promise, as in Lambda's own runtime. */",
    `const ${local} = ${parameters} =>`,
    `${indent}new Promise${typed ? "<unknown>" : ""}((resolve, reject) => {`,
    `${indent}${indent}const answer = ${answer} (error == null ? resolve(result) : reject(error))${semicolon}`,
    `${indent}${indent}const answered = Reflect.apply(${handler}, undefined, [event, context, answer])${promise}${semicolon}`,
    `${indent}${indent}if (typeof answered?.then === ${piece.quoted("function")}) answered.then(resolve, reject)${semicolon}`,
    `${indent}})${semicolon}`,
  );
  return local;
}
