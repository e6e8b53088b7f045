// Runs inside the apps, in Node and in the engine alike.

/**
 * A value as JSON that hides nothing: what JSON would drop or blur (undefined, NaN, dates, maps, bytes, classes) is
 * written out with its type.
 * @param {unknown} value
 * @returns {unknown}
 */
export function show(value, above = []) {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : tagged("number", Object.is(value, -0) ? "-0" : String(value));
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object")
    return tagged(typeof value, typeof value === "function" ? value.name : String(value));
  if (above.includes(value)) return tagged("circular", above.length - above.indexOf(value));
  const inside = [...above, value];
  const each = (items) => Array.from(items, (item) => show(item, inside));
  if (Array.isArray(value)) return each(value);
  if (value instanceof Date)
    return tagged("Date", Number.isNaN(value.getTime()) ? "invalid" : value.toISOString());
  if (value instanceof RegExp) return tagged("RegExp", String(value));
  if (value instanceof Map) return tagged("Map", each(value));
  if (value instanceof Set) return tagged("Set", each(value));
  if (value instanceof ArrayBuffer) return tagged("ArrayBuffer", hex(new Uint8Array(value)));
  if (ArrayBuffer.isView(value))
    return tagged(className(value), hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  if (value instanceof Error) return tagged(value.name, { message: value.message, ...fields(value, inside) });
  const name = className(value);
  return name === "Object" ? fields(value, inside) : tagged(name, fields(value, inside));
}

/** What a throw looks like to who catches it. */
export function showThrown(error) {
  if (!(error instanceof Error)) return { threw: show(error) };
  const { name, message, code } = error;
  return { threw: { name, message, ...(code !== undefined && { code: show(code) }) } };
}

function tagged(type, content) {
  return { [`<${type}>`]: content };
}

function className(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null ? "null" : (prototype.constructor?.name ?? "Object");
}

function fields(value, inside) {
  const shown = {};
  for (const key of Object.keys(value)) {
    // Stacks name places in files, which a bundle does not share with its sources.
    if (key !== "stack") shown[key] = show(value[key], inside);
  }
  return shown;
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
