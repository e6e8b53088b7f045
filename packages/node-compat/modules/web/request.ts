import type { Any } from "../internal/any.js";
import { cloned } from "../internal/cloning.js";
import { newUrl } from "../internal/urls.js";
import { Body, contentOf } from "./body.js";
import { Headers, needs } from "./headers.js";
import { AbortController } from "./abort.js";

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
/** Method names that are written in capitals however they come. */
const NORMALISED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Settings that have a meaning in a browser; they are kept for who reads them. */
const SETTINGS = {
  referrerPolicy: "",
  mode: "cors",
  credentials: "same-origin",
  cache: "default",
  redirect: "follow",
  integrity: "",
  keepalive: false,
} as const;

export class Request extends Body {
  #url: string;
  #method = "GET";
  #headers: Headers;
  #referrer = "about:client";
  #signal: AbortSignal | undefined;
  readonly #settings: Record<string, Any>;

  constructor(input: Any, init: Any = {}) {
    super();
    needs(arguments.length, 1, "Request constructor");
    const source = input instanceof Request ? input : undefined;
    const options = (init ?? {}) as Any;
    if (options.window !== undefined && options.window !== null) {
      throw new TypeError(`'window' option '${options.window}' must be null`);
    }
    this.#url = source ? source.#url : parsedUrl(input);
    this.#settings = { ...SETTINGS, ...(source && source.#settings) };
    if (source) {
      this.#method = source.#method;
      this.#referrer = source.#referrer;
      this.#signal = source.#signal;
    }
    if (options.method !== undefined) this.#method = checkedMethod(String(options.method));
    this.#headers = new Headers(options.headers ?? (source ? source.#headers : undefined));
    if (options.referrer !== undefined) this.#referrer = String(options.referrer);
    for (const name of Object.keys(SETTINGS))
      if (options[name] !== undefined) this.#settings[name] = options[name];
    if (options.mode === "navigate")
      throw new TypeError("Request constructor: invalid request mode navigate.");
    if (options.signal !== undefined) this.#signal = checkedSignal(options.signal);
    this.#takeBody(options, source);
  }

  get method(): string {
    return this.#method;
  }

  get url(): string {
    return this.#url;
  }

  get headers(): Headers {
    return this.#headers;
  }

  get destination(): string {
    return "";
  }

  get referrer(): string {
    return this.#referrer;
  }

  get referrerPolicy(): string {
    return this.#settings["referrerPolicy"];
  }

  get mode(): string {
    return this.#settings["mode"];
  }

  get credentials(): string {
    return this.#settings["credentials"];
  }

  get cache(): string {
    return this.#settings["cache"];
  }

  get redirect(): string {
    return this.#settings["redirect"];
  }

  get integrity(): string {
    return this.#settings["integrity"];
  }

  get keepalive(): boolean {
    return this.#settings["keepalive"];
  }

  get isReloadNavigation(): boolean {
    return false;
  }

  get isHistoryNavigation(): boolean {
    return false;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= new AbortController().signal);
  }

  get duplex(): string {
    return "half";
  }

  clone(): Request {
    if (this.bodyUsed || this.content?.stream?.locked) throw new TypeError("unusable");
    const copy = new Request(this.#url, { ...this.#settings, method: this.#method, headers: this.#headers });
    copy.#referrer = this.#referrer;
    copy.#signal = this.#signal;
    copy.content = this.teeContent();
    return copy;
  }

  protected override mediaType(): string | null {
    return this.#headers.get("content-type");
  }

  get [Symbol.toStringTag](): string {
    return "Request";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    const { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache } = this;
    const { redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal } = this;
    const shown = {
      method,
      url,
      headers,
      destination,
      referrer,
      referrerPolicy,
      mode,
      credentials,
      cache,
      redirect,
      integrity,
      keepalive,
      isReloadNavigation,
      isHistoryNavigation,
      signal,
    };
    return `Request ${inspect(shown, { ...options, depth })}`;
  }

  #takeBody(options: Any, source: Request | undefined): void {
    const { body } = options;
    const hasNone = this.#method === "GET" || this.#method === "HEAD";
    const inherited = body === undefined || body === null ? source?.content : undefined;
    if (((body !== undefined && body !== null) || inherited) && hasNone) {
      throw new TypeError("Request with GET/HEAD method cannot have body.");
    }
    if (body !== undefined && body !== null) {
      this.content = contentOf(body);
      if (this.content.length === undefined && options.duplex === undefined) {
        throw new TypeError("RequestInit: duplex option is required when sending a body.");
      }
      if (this.content.type !== undefined) Headers.addType(this.#headers, this.content.type);
    } else if (inherited) {
      if (source!.bodyUsed || inherited.stream?.locked) {
        throw new TypeError("Cannot construct a Request with a Request object that has already been used.");
      }
      // The body moves: the first request has none any more.
      this.content = { ...inherited };
      inherited.used = true;
    }
  }
}
cloned(Request, "never");

function parsedUrl(input: unknown): string {
  let url: URL;
  try {
    url = newUrl(String(input));
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${String(input)}`, { cause });
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(
      `Request cannot be constructed from a URL that includes credentials: ${String(input)}`,
    );
  }
  return url.href;
}

function checkedMethod(method: string): string {
  if (!TOKEN.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (FORBIDDEN.has(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMALISED.has(upper) ? upper : method;
}

function checkedSignal(signal: Any): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal === "object" && typeof signal.aborted === "boolean") return signal;
  throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
}
