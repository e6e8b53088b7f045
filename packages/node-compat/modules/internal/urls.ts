import "./lazy.js";
import type { Any } from "./any.js";

/** Whether it is a URL, of whatever class: as Node, by the parts that a URL has and an object of `url.parse` has not. */
export function isUrl(value: Any): value is URL {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

/** A URL of the platform's class, which is evaluated when the first one is made. @throws ERR_INVALID_URL */
export function newUrl(text: string, base?: string): URL {
  const { URL } = require("../web/url.js") as { URL: typeof globalThis.URL };
  return new URL(text, base);
}
