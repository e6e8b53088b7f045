import { validateString } from "../internal/validate.js";

/** The variables of a `.env` file's text. */
export function parseEnv(content: string): Record<string, string> {
  validateString(content, "content");
  const variables: Record<string, string> = {};
  const line = /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|[^#\r\n]*)?.*$/gm;
  for (const [, name, raw = ""] of content.matchAll(line)) {
    const text = raw.trim();
    const quote = text[0];
    const isQuoted = text.length > 1 && text.at(-1) === quote && ["'", '"', "`"].includes(quote!);
    const value = isQuoted ? text.slice(1, -1) : text;
    variables[name!] = quote === '"' && isQuoted ? value.replaceAll("\\n", "\n") : value;
  }
  return variables;
}
