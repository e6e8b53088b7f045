// What differs between two answers, in words.

const CONTEXT = 60;

/**
 * @param {unknown} expected
 * @param {unknown} actual
 * @returns {string[]} one line a difference; empty when they are identical
 */
export function differences(expected, actual, path = "") {
  if (Buffer.isBuffer(expected) && Buffer.isBuffer(actual)) return bodyDifference(expected, actual, path);
  if (typeof expected === "string" && typeof actual === "string" && expected !== actual) {
    return bodyDifference(Buffer.from(expected), Buffer.from(actual), path);
  }
  if (!isRecord(expected) || !isRecord(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return Object.is(expected, actual) ? [] : [`${path}: expected ${brief(expected)}, got ${brief(actual)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const inside = [...keys].flatMap((key) =>
    differences(expected[key], actual[key], path ? `${path}.${key}` : key),
  );
  // JSON's order of keys is part of a body.
  const order = (value) => Object.keys(value).join();
  if (inside.length === 0 && path.startsWith("value") && order(expected) !== order(actual)) {
    return [`${path}: expected the keys ${order(expected)}, got ${order(actual)}`];
  }
  return inside;
}

function bodyDifference(expected, actual, path) {
  if (expected.equals(actual)) return [];
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const from = Math.max(0, at - CONTEXT / 3);
  const part = (bytes) => JSON.stringify(bytes.subarray(from, at + CONTEXT).toString());
  const sizes =
    expected.length === actual.length
      ? `${expected.length} bytes`
      : `${expected.length} and ${actual.length} bytes`;
  return [`${path}: differs at byte ${at} (${sizes}): expected …${part(expected)}, got …${part(actual)}`];
}

function isRecord(value) {
  return typeof value === "object" && value !== null;
}

function brief(value) {
  const text = Buffer.isBuffer(value) ? value.toString() : (JSON.stringify(value) ?? "nothing");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
