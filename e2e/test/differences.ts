import type { Lines } from "./both-engines.js";

/** By the cause of a difference, the cases that it makes differ: each by its whole label, never by a part of it. */
export type Excuses = Readonly<Record<string, readonly string[]>>;

export interface Differences {
  /** Cases that differ and are not excused. */
  readonly differing: readonly {
    readonly label: string;
    readonly node: readonly string[] | undefined;
    readonly library: readonly string[] | undefined;
  }[];
  /** Labels that are excused, and whose case does not differ or is not there. */
  readonly stale: readonly string[];
}

/** Compares case by case, by their labels. */
export function differences(node: Lines, library: Lines, excuses: Excuses): Differences {
  const expected = new Map(numbered(node));
  const actual = new Map(numbered(library));
  const labels = [...new Set([...expected.keys(), ...actual.keys()])];
  const differing = labels.filter(
    (label) => JSON.stringify(expected.get(label)) !== JSON.stringify(actual.get(label)),
  );
  const excused = Object.values(excuses).flat();
  return {
    differing: differing
      .filter((label) => !excused.includes(label))
      .map((label) => ({ label, node: expected.get(label), library: actual.get(label) })),
    stale: excused.filter((label, index) => !differing.includes(label) || excused.indexOf(label) !== index),
  };
}

/** Cases that are called alike are numbered: `types`, `types (2)`. */
function numbered(lines: Lines): Lines {
  const seen = new Map<string, number>();
  return lines.map(([label, values]) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return [count === 1 ? label : `${label} (${count})`, values];
  });
}
