/** What no request target can hold as it is: they would end the path, change it, or start a line of their own. */
const NOT_IN_PATH = /[^\x21-\x7e]|[?#\\]/gu;
const NOT_IN_QUERY = /[^\x21-\x7e]|#/gu;
const BARE_PERCENT = /%(?![\da-f]{2})/gi;

/** A path that the source hands on as the client sent it. Begins with `/`; percent-encoding is kept. */
export function sentPath(path: string): string {
  const escaped = path.replace(NOT_IN_PATH, encode);
  return escaped.startsWith("/") ? escaped : `/${escaped}`;
}

/**
 * A path that the source has decoded. What is still percent-encoded stays so, because test events and emulators do not
 * decode; a `%` that encodes nothing can only be a letter of the path.
 */
export function decodedPath(path: string): string {
  return sentPath(path.replace(BARE_PERCENT, "%25"));
}

/** A query that the source hands on as the client sent it. */
export function sentQuery(query: string): string {
  return query.replace(NOT_IN_QUERY, encode);
}

/** A query that the source has decoded, one entry a value. */
export function decodedQuery(values: readonly (readonly [name: string, value: string])[]): string {
  return values.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/** Half a surrogate pair, which JSON can hold and UTF-8 cannot, becomes U+FFFD: as in `new URL`. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
