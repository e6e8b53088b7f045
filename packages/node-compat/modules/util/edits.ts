/** One item of two lists: in both (0), only in the first (1), or only in the second (-1). */
export type Edit<T> = [change: -1 | 0 | 1, item: T];

/** Two items as one, or undefined when they differ. */
type Join<T> = (left: T, right: T) => T | undefined;

/** More differences than this are not sorted out: that takes memory in the square of their number. */
const MOST_CHANGES = 2000;

/** The fewest changes that turn one list into the other, as Myers' greedy algorithm finds them. */
export function edits<T>(left: ArrayLike<T>, right: ArrayLike<T>, join: Join<T>): Edit<T>[] {
  // Of each number of changes, how far in `left` each diagonal (index in left - index in right) gets.
  const rounds: number[][] = [];
  for (let changes = 0; changes <= MOST_CHANGES; changes++) {
    const round: number[] = [];
    for (let index = 0; index <= changes; index++) {
      const diagonal = 2 * index - changes;
      let x = changes === 0 ? 0 : entry(rounds[changes - 1]!, index);
      while (x < left.length && x - diagonal < right.length && isJoined(left, right, x, diagonal, join)) x++;
      round.push(x);
      if (x >= left.length && x - diagonal >= right.length) return trace(rounds, left, right, join);
    }
    rounds.push(round);
  }
  return replacement(left, right, join);
}

function isJoined<T>(left: ArrayLike<T>, right: ArrayLike<T>, x: number, diagonal: number, join: Join<T>) {
  return join(left[x]!, right[x - diagonal]!) !== undefined;
}

/** A diagonal's entry comes from the one above it by an item of `right`, or from the one below by one of `left`. */
const comesFromAbove = (before: readonly number[], index: number): boolean =>
  index === 0 || (index !== before.length && before[index - 1]! < before[index]!);

const entry = (before: readonly number[], index: number): number =>
  comesFromAbove(before, index) ? before[index]! : before[index - 1]! + 1;

function trace<T>(
  rounds: readonly number[][],
  left: ArrayLike<T>,
  right: ArrayLike<T>,
  join: Join<T>,
): Edit<T>[] {
  const found: Edit<T>[] = [];
  let [x, y] = [left.length, right.length];
  for (let changes = rounds.length; changes >= 0; changes--) {
    const before = rounds[changes - 1];
    const index = (x - y + changes) / 2;
    const start = before === undefined ? 0 : entry(before, index);
    while (x > start) found.push([0, join(left[--x]!, right[--y]!)!]);
    if (before === undefined) break;
    found.push(comesFromAbove(before, index) ? [-1, right[--y]!] : [1, left[--x]!]);
  }
  return found.reverse();
}

/** What both begin and end with is kept, all between is replaced. */
function replacement<T>(left: ArrayLike<T>, right: ArrayLike<T>, join: Join<T>): Edit<T>[] {
  const shorter = Math.min(left.length, right.length);
  const [start, end]: Edit<T>[][] = [[], []];
  const isShared = (x: number, y: number) => join(left[x]!, right[y]!) !== undefined;
  const same = (x: number, y: number): Edit<T> => [0, join(left[x]!, right[y]!)!];
  for (let x = 0; x < shorter && isShared(x, x); x++) start!.push(same(x, x));
  for (let back = 1; back <= shorter - start!.length; back++) {
    const [x, y] = [left.length - back, right.length - back];
    if (!isShared(x, y)) break;
    end!.unshift(same(x, y));
  }
  const between = (list: ArrayLike<T>, change: -1 | 1): Edit<T>[] =>
    Array.from(list)
      .slice(start!.length, list.length - end!.length)
      .map((item) => [change, item]);
  return [...start!, ...between(left, 1), ...between(right, -1), ...end!];
}
