import type { ts as Ts } from "ts-morph";
import { ts } from "./syntax.js";

/** A comment that is about the next line or statement, so that nothing may come between. */
const ABOUT_NEXT =
  /^\/\*\*|@ts-(expect-error|ignore)|(eslint|oxlint|tslint:|stylelint)-?disable-next-line|prettier-ignore|(istanbul|c8|v8) ignore|(biome|deno-lint|dprint)-ignore/;
/** A comment about the whole file, which has to stay at its top. */
const ABOUT_FILE =
  /^\/\*!|@ts-(no)?check|@flow|@license|@jsx|@file|@format|@fileoverview|copyright|licen[cs]e|SPDX|eslint-env|eslint-disable(?!-next|-line)|^\/\/\/|^\/\*\s*globals?\b/i;

/** The end of a statement's last line: behind the comments that follow on it. */
export function endOfLine(root: Ts.SourceFile, statement: Ts.Node): number {
  const comments = ts.getTrailingCommentRanges(root.text, statement.end) ?? [];
  return comments.at(-1)?.end ?? statement.end;
}

/** Whether something else stands on a statement's last line, behind it. */
export function sharesLine(root: Ts.SourceFile, end: number): boolean {
  return /^[ \t]*[^\s]/.test(root.text.slice(end));
}

/** Where code can be put in front of a statement: above the comments that belong to it, below those about the file. */
export function startAbove(root: Ts.SourceFile, statement: Ts.Node): number {
  const { text } = root;
  let start = statement.getStart(root);
  const comments = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
  for (const { pos, end } of [...comments].reverse()) {
    const comment = text.slice(pos, end);
    const gap = text.slice(end, start);
    const isAttached = (gap.match(/\n/g) ?? []).length < 2;
    if (!isAttached || (ABOUT_FILE.test(comment) && !ABOUT_NEXT.test(comment)) || text.startsWith("#!", pos))
      break;
    start = pos;
  }
  return start;
}
