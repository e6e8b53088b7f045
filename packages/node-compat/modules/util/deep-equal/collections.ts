import type { Any } from "../../internal/any.js";
import type { Comparison } from "../deep-equal.js";
import { isMatched } from "./matching.js";

const isPrimitive = (value: unknown): boolean => typeof value !== "object" || value === null;

/** Whether each expected member has one of its own that is alike; the sizes have been compared. */
export function areMembersAlike(actual: Set<Any>, expected: Set<Any>, comparison: Comparison): boolean {
  const wanted = [...expected].filter((member) => !actual.has(member));
  if (comparison.mode !== "loose" && wanted.some(isPrimitive)) return false;
  if (wanted.length === 0) return true;
  const free = [...actual].filter((member) => !expected.has(member));
  return isMatched(wanted, free, comparison.mode, (one, other) => comparison.areAlike(one, other));
}

/** Whether each expected entry has one of its own whose key and value are alike. */
export function areEntriesAlike(
  actual: Map<Any, Any>,
  expected: Map<Any, Any>,
  comparison: Comparison,
): boolean {
  const found = new Set<Any>();
  const wanted: [Any, Any][] = [];
  for (const [key, value] of expected) {
    if (!isPrimitive(key)) wanted.push([key, value]);
    else if (actual.has(key) && comparison.areAlike(actual.get(key), value)) found.add(key);
    else if (comparison.mode === "loose") wanted.push([key, value]);
    else return false;
  }
  if (wanted.length === 0) return true;
  const free = [...actual].filter(([key]) => !found.has(key));
  return isMatched(
    wanted,
    free,
    comparison.mode,
    ([key, value], [otherKey, otherValue]) =>
      comparison.areAlike(key, otherKey) && comparison.areAlike(value, otherValue),
  );
}
