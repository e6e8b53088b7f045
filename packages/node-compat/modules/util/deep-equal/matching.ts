import type { Mode } from "../deep-equal.js";

/** Whether every wanted item gets an item of its own among those that are free. */
export function isMatched<T>(
  wanted: readonly T[],
  free: readonly T[],
  mode: Mode,
  isAlike: (free: T, wanted: T) => boolean,
): boolean {
  const left = new Set(free.keys());
  const owners = new Map<number, number>();
  const late: number[] = [];
  for (const [index, item] of wanted.entries()) {
    // Mostly both are in the same order, and the first one is right.
    const place = firstOf(left, (each) => isAlike(free[each]!, item));
    if (place === undefined) {
      // Things that are strictly alike are alike to the same things: taking another one would not have helped.
      if (mode === "strict") return false;
      late.push(index);
    } else {
      left.delete(place);
      owners.set(place, index);
    }
  }
  return late.every((index) => makeRoom(index, owners, wanted, free, isAlike));
}

function firstOf<T>(items: Iterable<T>, isRight: (item: T) => boolean): T | undefined {
  for (const item of items) if (isRight(item)) return item;
  return undefined;
}

/** Lets an item have what another one took, when that one, or one after it, can do with something else. */
function makeRoom<T>(
  first: number,
  owners: Map<number, number>,
  wanted: readonly T[],
  free: readonly T[],
  isAlike: (free: T, wanted: T) => boolean,
): boolean {
  const askers = new Map<number, number>();
  const queue = [first];
  for (const asker of queue) {
    for (const place of free.keys()) {
      if (askers.has(place) || !isAlike(free[place]!, wanted[asker]!)) continue;
      askers.set(place, asker);
      const owner = owners.get(place);
      if (owner !== undefined) queue.push(owner);
      else return moveUp(place, askers, owners, first);
    }
  }
  return false;
}

function moveUp(last: number, askers: Map<number, number>, owners: Map<number, number>, first: number): true {
  const held = new Map([...owners].map(([place, owner]) => [owner, place]));
  for (let place = last; ;) {
    const asker = askers.get(place)!;
    owners.set(place, asker);
    if (asker === first) return true;
    place = held.get(asker)!;
  }
}
