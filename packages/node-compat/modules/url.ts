import punycode from "punycode/punycode.js";
import type { Any } from "./internal/any.js";
import { isUrl, newUrl } from "./internal/urls.js";
import { fileURLToPath, fileURLToPathBuffer, pathToFileURL, urlToHttpOptions } from "./url/files.js";
import { formatLegacy, parse, resolve, resolveObject, Url } from "./url/legacy-url.js";
import { URL, URLSearchParams } from "./web/url.js";

export { URL, URLSearchParams };

export function format(url: Any, options?: Any): string {
  if (!isUrl(url)) return formatLegacy(url);
  const { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
  const copy = newUrl(url.href);
  if (!fragment) copy.hash = "";
  if (!search) copy.search = "";
  if (!auth) copy.username = copy.password = "";
  return unicode
    ? copy.href.replace(copy.host, domainToUnicode(copy.hostname) + (copy.port && `:${copy.port}`))
    : copy.href;
}

/** The empty text for what is no domain. */
export function domainToASCII(domain: string): string {
  try {
    return newUrl(`ws://${domain}`).hostname;
  } catch {
    return "";
  }
}

export function domainToUnicode(domain: string): string {
  try {
    return punycode.toUnicode(newUrl(`ws://${domain}`).hostname);
  } catch {
    return "";
  }
}

export {
  fileURLToPath,
  fileURLToPathBuffer,
  parse,
  pathToFileURL,
  resolve,
  resolveObject,
  Url,
  urlToHttpOptions,
};

export default {
  Url,
  parse,
  resolve,
  resolveObject,
  format,
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  fileURLToPathBuffer,
  urlToHttpOptions,
};
