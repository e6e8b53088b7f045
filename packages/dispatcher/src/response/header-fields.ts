import { invalidHeaders, validateHeaderValue, validHeaderName } from "./node-errors.js";

export type HeaderValue = number | string | readonly string[];
/** One header as it goes out: the name as written by the app, one entry a value. */
export type HeaderField = readonly [name: string, value: string];

/**
 * Headers set one by one. Keyed by lower-case name, the app's spelling kept. As in Node an object, of which `__proto__` is
 * a member like others because it has no prototype: a Map takes the engine several times as long to make.
 */
export type HeaderFields = Record<string, { name: string; value: HeaderValue }>;

export function newFields(): HeaderFields {
  return { __proto__: null } as unknown as HeaderFields;
}

export function setField(fields: HeaderFields, name: string, value: HeaderValue): void {
  const key = validHeaderName(name);
  validateHeaderValue(name, value);
  fields[key] = { name, value };
}

/**
 * `writeHead`'s third argument in all its spellings: an object, `[name, value, name, value]`, `[[name, value]]`.
 * @throws ERR_INVALID_ARG_VALUE for a flat array of odd length
 */
export function* headerEntries(headers: unknown): Generator<[string, HeaderValue]> {
  if (!Array.isArray(headers)) {
    yield* Object.entries(headers as Record<string, HeaderValue>);
  } else if (Array.isArray(headers[0])) {
    yield* headers as [string, HeaderValue][];
  } else {
    if (headers.length % 2 !== 0) throw invalidHeaders();
    for (let index = 0; index < headers.length; index += 2) {
      yield [headers[index] as string, headers[index + 1] as HeaderValue];
    }
  }
}

/** Expands one header into its fields: an array is one field a value, but cookies of a `cookie` header share one. */
export function expand(name: string, value: HeaderValue): HeaderField[] {
  if (!Array.isArray(value)) return [[name, String(value)]];
  if (value.length > 1 && name.toLowerCase() === "cookie") return [[name, value.join("; ")]];
  return (value as readonly string[]).map((one) => [name, String(one)]);
}
