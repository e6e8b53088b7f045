// What may stand in a header field, and the words of Node's fetch for what may not.

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;

const FORBIDDEN = /[\0\r\n]/;

/** A value as a ByteString. @throws TypeError naming the first character above U+00FF */
export function byteString(value: unknown): string {
  const text = String(value);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) {
      throw new TypeError(
        "Cannot convert argument to a ByteString because the character at " +
          `index ${at} has a value of ${code} which is greater than 255.`,
      );
    }
  }
  return text;
}

/** @throws TypeError in the name of `caller`, such as `Headers.append` */
export function checkedName(name: unknown, caller: string): string {
  const text = byteString(name);
  if (!TOKEN.test(text)) throw new TypeError(`${caller}: ${JSON.stringify(text)} is an invalid header name.`);
  return text.toLowerCase();
}

/** Without the white space around it. @throws TypeError in the name of `caller` */
export function checkedValue(value: unknown, caller: string): string {
  const text = byteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (FORBIDDEN.test(text)) throw new TypeError(`${caller}: "${text}" is an invalid header value.`);
  return text;
}
