import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { newUrl } from "../internal/urls.js";
import { validateObject, validateString } from "../internal/validate.js";
import querystring from "../querystring.js";

/** Protocols after which there is always a host, whatever the slashes say. */
const SLASHED = new Set([
  ...["http", "http:", "https", "https:", "ftp", "ftp:", "gopher", "gopher:", "file", "file:"],
  ...["ws", "ws:", "wss", "wss:"],
]);
const isHostless = (protocol: string): boolean => /^javascript:?$/.test(protocol);

/** What the deprecated `url.parse` gives. */
export class Url {
  protocol: Any = null;
  slashes: Any = null;
  auth: Any = null;
  host: Any = null;
  port: Any = null;
  hostname: Any = null;
  hash: Any = null;
  search: Any = null;
  query: Any = null;
  pathname: Any = null;
  path: Any = null;
  href: Any = null;

  parse(text: string, parseQueryString = false, slashesDenoteHost = false): this {
    validateString(text, "url");
    const { rest: cleaned, hasHash } = clean(text);
    let rest = cleaned;
    if (!slashesDenoteHost && !hasHash && !rest.includes("@")) {
      const simple = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest);
      if (simple) return this.#setSimple(rest, simple, parseQueryString);
    }
    const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
    const lower = protocol?.toLowerCase();
    if (protocol !== undefined) {
      this.protocol = lower;
      rest = rest.slice(protocol.length);
    }
    let hasSlashes = false;
    if (slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
      hasSlashes = rest.startsWith("//");
      if (hasSlashes && !(lower !== undefined && isHostless(lower))) {
        rest = rest.slice(2);
        this.slashes = true;
      }
    }
    const takesHost = hasSlashes || (lower !== undefined && !SLASHED.has(lower));
    if (!(lower !== undefined && isHostless(lower)) && takesHost) rest = this.#takeHost(rest, text);
    this.#takeRest(rest, lower, parseQueryString);
    this.href = this.format();
    return this;
  }

  #setSimple(rest: string, [, pathname, search]: RegExpExecArray, parseQueryString: boolean): this {
    this.path = rest;
    this.href = rest;
    this.pathname = pathname;
    if (search) {
      this.search = search;
      this.query = parseQueryString ? querystring.parse(search.slice(1)) : search.slice(1);
    } else if (parseQueryString) {
      this.search = null;
      this.query = Object.create(null);
    }
    return this;
  }

  /** Takes user, password, host and port off the beginning. */
  #takeHost(rest: string, whole: string): string {
    let end = -1;
    let at = -1;
    let nonHost = -1;
    for (let index = 0; index < rest.length && end < 0; index++) {
      const letter = rest[index]!;
      if ("\t\n\r \"%';<>\\^`{|}".includes(letter)) {
        if (nonHost < 0) nonHost = index;
      } else if ("#/?".includes(letter)) {
        if (nonHost < 0) nonHost = index;
        end = index;
      } else if (letter === "@") {
        at = index;
        nonHost = -1;
      }
    }
    let start = 0;
    if (at >= 0) {
      this.auth = decodeURIComponent(rest.slice(0, at));
      start = at + 1;
    }
    this.host = nonHost < 0 ? rest.slice(start) : rest.slice(start, nonHost);
    rest = nonHost < 0 ? "" : rest.slice(nonHost);
    this.#splitPort();
    if (typeof this.hostname !== "string") this.hostname = "";
    const isIpv6 = /^\[.*\]$/.test(this.hostname);
    if (!isIpv6) rest = this.#checkHostname(rest, whole);
    this.hostname = this.hostname.length > 255 ? "" : this.hostname.toLowerCase();
    if (this.hostname !== "" && !isIpv6) this.#toAscii(whole);
    this.host = this.hostname + (this.port ? `:${this.port}` : "");
    if (isIpv6) {
      this.hostname = this.hostname.slice(1, -1);
      if (rest[0] !== "/") rest = `/${rest}`;
    }
    return rest;
  }

  #splitPort(): void {
    const port = /:[0-9]*$/.exec(this.host)?.[0];
    let host = this.host;
    if (port !== undefined) {
      if (port !== ":") this.port = port.slice(1);
      host = host.slice(0, host.length - port.length);
    }
    if (host) this.hostname = host;
  }

  #checkHostname(rest: string, whole: string): string {
    const host = this.hostname as string;
    const at = host.search(/[^a-z0-9.\-+_\u0080-\uffff]/i);
    if (at < 0) return rest;
    if (/[\t\n\r #%/:<>?@[\\\]^|]/.test(host)) {
      if (host.includes(":")) throw invalidUrl(whole);
    }
    this.hostname = host.slice(0, at);
    return `/${host.slice(at)}${rest}`;
  }

  #toAscii(whole: string): void {
    if (!/[^\0-\x7f]/.test(this.hostname)) return;
    try {
      this.hostname = newUrl(`http://${this.hostname}`).hostname;
    } catch {
      throw invalidUrl(whole);
    }
  }

  #takeRest(rest: string, protocol: string | undefined, parseQueryString: boolean): void {
    if (!(protocol !== undefined && isHostless(protocol))) rest = escapeUnsafe(rest);
    const hash = rest.indexOf("#");
    const beforeHash = hash < 0 ? rest : rest.slice(0, hash);
    if (hash >= 0) this.hash = rest.slice(hash);
    const question = beforeHash.indexOf("?");
    if (question >= 0) {
      this.search = beforeHash.slice(question);
      this.query = this.search.slice(1);
      if (parseQueryString) this.query = querystring.parse(this.query);
    } else if (parseQueryString) {
      this.search = null;
      this.query = Object.create(null);
    }
    const pathname = question >= 0 ? beforeHash.slice(0, question) : beforeHash;
    if (pathname !== "") this.pathname = pathname;
    if (protocol !== undefined && SLASHED.has(protocol) && this.hostname && !this.pathname)
      this.pathname = "/";
    if (this.pathname || this.search) this.path = (this.pathname || "") + (this.search || "");
  }

  format(): string {
    let auth = this.auth || "";
    if (auth) auth = `${encodeAuth(auth)}@`;
    let protocol = this.protocol || "";
    let pathname = (this.pathname || "").replace(/[#?]/g, encodeURIComponent);
    let hash = this.hash || "";
    let host = "";
    if (this.host) host = auth + this.host;
    else if (this.hostname) {
      const isIpv6 = this.hostname.includes(":") && !this.hostname.startsWith("[");
      host = auth + (isIpv6 ? `[${this.hostname}]` : this.hostname) + (this.port ? `:${this.port}` : "");
    }
    const query =
      this.query !== null && typeof this.query === "object" ? querystring.stringify(this.query) : "";
    let search = this.search || (query && `?${query}`) || "";
    if (protocol && !protocol.endsWith(":")) protocol += ":";
    if (this.slashes || SLASHED.has(protocol)) {
      if (this.slashes || host) {
        if (pathname && !pathname.startsWith("/")) pathname = `/${pathname}`;
        host = `//${host}`;
      } else if (protocol.startsWith("file")) host = "//";
    }
    search = search.replaceAll("#", "%23");
    if (hash && !hash.startsWith("#")) hash = `#${hash}`;
    if (search && !search.startsWith("?")) search = `?${search}`;
    return protocol + host + pathname + search + hash;
  }

  resolve(relative: string): string {
    return this.resolveObject(parse(relative, false, true)).format();
  }

  resolveObject(given: Any): Any {
    const relative = typeof given === "string" ? new Url().parse(given, false, true) : given;
    return resolveAgainst(this, relative);
  }

  parseHost(): void {
    this.#splitPort();
  }
}

function invalidUrl(input: string): Error {
  return nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL", { input });
}

/** Trims, and turns backslashes before the query into slashes, as browsers did. */
function clean(text: string): { rest: string; hasHash: boolean } {
  const trimmed = text.replace(/^[\s\ufeff\u00a0]+|[\s\ufeff\u00a0]+$/g, "");
  const query = trimmed.search(/[?#]/);
  const head = query < 0 ? trimmed : trimmed.slice(0, query);
  const rest = head.replaceAll("\\", "/") + (query < 0 ? "" : trimmed.slice(query));
  return { rest, hasHash: rest.includes("#") };
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\t": "%09",
  "\n": "%0A",
  "\r": "%0D",
  " ": "%20",
  '"': "%22",
  "'": "%27",
  "<": "%3C",
  ">": "%3E",
  "\\": "%5C",
  "^": "%5E",
  "`": "%60",
  "{": "%7B",
  "|": "%7C",
  "}": "%7D",
};

function escapeUnsafe(text: string): string {
  return text.replace(/[\t\n\r "'<>\\^`{|}]/g, (letter) => ESCAPED[letter]!);
}

function encodeAuth(auth: string): string {
  return encodeURIComponent(auth)
    .replace(/%3A/gi, ":")
    .replace(/%(21|27|28|29|2A)/g, decodeURIComponent);
}

export function parse(url: Any, parseQueryString?: boolean, slashesDenoteHost?: boolean): Url {
  if (url instanceof Url) return url;
  return new Url().parse(url, parseQueryString, slashesDenoteHost);
}

export function resolve(source: string, relative: string): string {
  return parse(source, false, true).resolve(relative);
}

export function resolveObject(source: Any, relative: Any): Any {
  return source ? parse(source, false, true).resolveObject(relative) : relative;
}

function copy(url: Any): Any {
  return Object.assign(new Url(), url);
}

function setPath(url: Any): void {
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname || "") + (url.search || "");
}

function resolveAgainst(base: Url, relative: Any): Any {
  const result = copy(base);
  // A hash belongs to the relative one, even an empty one.
  result.hash = relative.hash;
  if (relative.href === "") {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== "protocol") result[key] = relative[key];
    if (SLASHED.has(result.protocol) && result.hostname && !result.pathname)
      result.path = result.pathname = "/";
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) return otherProtocol(result, relative);
  resolvePath(result, relative);
  return result;
}

function otherProtocol(result: Any, relative: Any): Any {
  if (!SLASHED.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !isHostless(relative.protocol)) {
    const parts = (relative.pathname || "").split("/");
    while (parts.length > 0 && !(relative.host = parts.shift()));
    relative.host ||= "";
    relative.hostname ||= "";
    if (parts[0] !== "") parts.unshift("");
    if (parts.length < 2) parts.unshift("");
    result.pathname = parts.join("/");
  } else result.pathname = relative.pathname;
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || "";
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || "") + (result.search || "");
  result.slashes ||= relative.slashes;
  result.href = result.format();
  return result;
}

function resolvePath(result: Any, relative: Any): void {
  const isBaseAbsolute = Boolean(result.pathname?.startsWith("/"));
  const isRelativeAbsolute = Boolean(relative.host || relative.pathname?.startsWith("/"));
  let mustEndAbsolute: boolean =
    isRelativeAbsolute || isBaseAbsolute || Boolean(result.host && relative.pathname);
  let segments: string[] = (result.pathname || "").split("/");
  if (!result.pathname) segments = [];
  const others: string[] = relative.pathname ? relative.pathname.split("/") : [];
  // Without slashes after the protocol, what would be a host is the path's first segment, and can be climbed to.
  const isHostInPath = Boolean(result.protocol) && !SLASHED.has(result.protocol);
  if (isHostInPath) {
    moveHost(result, segments);
    result.port = null;
    if (relative.protocol) {
      moveHost(relative, others);
      relative.host = null;
      relative.port = null;
      result.auth = null;
    }
    mustEndAbsolute = mustEndAbsolute && (others[0] === "" || segments[0] === "");
  }
  if (isRelativeAbsolute) {
    if (relative.host || relative.host === "") {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === "") {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    segments = others;
  } else if (others.length > 0) {
    segments.pop();
    segments = segments.concat(others);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (isHostInPath) takeHost(result, segments, false);
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    result.href = result.format();
    return;
  }
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return;
  }
  const last = segments.at(-1)!;
  const endsWithSlash =
    ((result.host || relative.host || segments.length > 1) && (last === "." || last === "..")) || last === "";
  let up = 0;
  for (let index = segments.length - 1; index >= 0; index--) {
    if (segments[index] === ".") segments.splice(index, 1);
    else if (segments[index] === "..") {
      segments.splice(index, 1);
      up++;
    } else if (up) {
      segments.splice(index, 1);
      up--;
    }
  }
  if (!mustEndAbsolute) while (up-- > 0) segments.unshift("..");
  if (mustEndAbsolute && segments[0] !== "" && !segments[0]?.startsWith("/")) segments.unshift("");
  if (endsWithSlash && !segments.join("/").endsWith("/")) segments.push("");
  const isAbsolute = segments[0] === "" || Boolean(segments[0]?.startsWith("/"));
  if (isHostInPath) takeHost(result, segments, isAbsolute);
  mustEndAbsolute ||= Boolean(result.host && segments.length);
  if (mustEndAbsolute && !isAbsolute) segments.unshift("");
  if (segments.length === 0) {
    result.pathname = null;
    result.path = null;
  } else result.pathname = segments.join("/");
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  result.href = result.format();
}

function moveHost(url: Any, segments: string[]): void {
  if (url.host) {
    if (segments[0] === "") segments[0] = url.host;
    else segments.unshift(url.host);
  }
  url.host = "";
  url.hostname = "";
}

function takeHost(result: Any, segments: string[], isAbsolute: boolean): void {
  const host = isAbsolute ? "" : (segments.shift() ?? "");
  const at = host.indexOf("@");
  if (at > 0) result.auth = host.slice(0, at);
  result.host = result.hostname = at > 0 ? host.slice(at + 1) : host;
}

export function formatLegacy(given: Any): string {
  const object = typeof given === "string" ? parse(given) : given;
  if (typeof object !== "object" || object === null)
    throw invalidArgType("urlObject", ["Object", "string"], given);
  validateObject(object, "urlObject");
  return Url.prototype.format.call(object);
}
