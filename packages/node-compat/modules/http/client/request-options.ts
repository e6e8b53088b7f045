import type { Any, AnyFunction } from "../../internal/any.js";
import { invalidArgType, nodeError } from "../../internal/errors.js";
import { isUrl, newUrl } from "../../internal/urls.js";

// What a request target may not hold.
const NOT_IN_A_PATH = /[^\u0021-\u00ff]/;

/** The overloads of `http.request`: `(url, options, callback)`, `(url, callback)` and `(options, callback)`. */
export function normalizeRequest(
  input: Any,
  given: Any,
  callback?: Any,
): [options: Any, callback?: AnyFunction] {
  let fromInput: Any = null;
  if (typeof input === "string") fromInput = urlToHttpOptions(newUrl(input));
  else if (isUrl(input)) fromInput = urlToHttpOptions(input);
  else {
    callback = given;
    given = input;
  }
  if (typeof given === "function") {
    callback = given;
    given = fromInput ?? {};
  } else {
    given = Object.assign(fromInput ?? {}, given);
  }
  return [given, callback];
}

/** `url.urlToHttpOptions` */
export function urlToHttpOptions(url: Any): Any {
  const { hostname, pathname, port, username, password, search } = url;
  return {
    __proto__: null,
    // What a caller added to the URL object counts.
    ...url,
    protocol: url.protocol,
    hostname: hostname?.startsWith("[") ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ""}${search || ""}`,
    href: url.href,
    ...(port !== "" && { port: Number(port) }),
    ...((username || password) && {
      auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
    }),
  };
}

export function validateHost(host: unknown, name: string): unknown {
  if (host !== null && host !== undefined && typeof host !== "string") {
    throw invalidArgType(`options.${name}`, ["string", "undefined", "null"], host);
  }
  return host;
}

export function validatePath(path: unknown): void {
  if (path && NOT_IN_A_PATH.test(String(path))) {
    throw nodeError(TypeError, "ERR_UNESCAPED_CHARACTERS", "Request path contains unescaped characters");
  }
}
