import type { Any } from "../internal/any.js";
import { invalidArgValue } from "../internal/errors.js";
import { validateBoolean, validateString } from "../internal/validate.js";
import { inspect } from "./inspect.js";
import process from "../process/node-process.js";

interface StyleOptions {
  validateStream?: boolean;
  stream?: Any;
}

/** The text in ANSI colours, unless the stream is one that shows none. */
export function styleText(
  format: string | readonly string[],
  text: string,
  options: StyleOptions = {},
): string {
  const { validateStream = true, stream = process.stdout } = options;
  validateString(text, "text");
  validateBoolean(validateStream, "options.validateStream");
  const isPlain =
    validateStream &&
    (!stream?.isTTY || process.env["NO_COLOR"] !== undefined) &&
    !process.env["FORCE_COLOR"];
  let opening = "";
  let closing = "";
  for (const name of Array.isArray(format) ? format : [format]) {
    if (name === "none") continue;
    const codes = inspect.colors[name];
    if (codes === undefined) {
      const known = Object.keys(inspect.colors).map((one) => `'${one}'`);
      throw invalidArgValue("format", name, `must be one of: ${known.join(", ")}`);
    }
    opening += `\u001b[${codes[0]}m`;
    closing = `\u001b[${codes[1]}m${closing}`;
  }
  return isPlain ? text : opening + text + closing;
}
