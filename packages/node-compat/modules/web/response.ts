import type { Any } from "../internal/any.js";
import { cloned } from "../internal/cloning.js";
import { newUrl } from "../internal/urls.js";
import { Body, type Content, contentOf } from "./body.js";
import { byteString } from "./header-rules.js";
import { freeze, Headers, needs } from "./headers.js";

/** Statuses that have no body. */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

interface Received {
  readonly url: string;
  readonly redirected: boolean;
  readonly content: Content | null;
}

export class Response extends Body {
  #type: "default" | "error" | "basic" | "opaqueredirect" = "default";
  #url = "";
  #redirected = false;
  #status = 200;
  #statusText = "";
  #headers: Headers;

  constructor(body: Any = null, init: Any = {}) {
    super();
    if (init !== null && typeof init !== "object" && typeof init !== "function") {
      throw new TypeError("Response constructor: Expected init to be one of: Null, Undefined, Object.");
    }
    const { status, statusText, headers } = (init ?? {}) as Any;
    if (status !== undefined) this.#status = checkedStatus(status);
    if (statusText !== undefined) this.#statusText = checkedText(statusText);
    this.#headers = new Headers(headers ?? undefined);
    if (body === null || body === undefined) return;
    if (WITHOUT_BODY.has(this.#status)) {
      throw new TypeError(`Response constructor: Invalid response status code ${this.#status}`);
    }
    this.content = contentOf(body);
    if (this.content.type !== undefined) Headers.addType(this.#headers, this.content.type);
  }

  static error(): Response {
    const response = new Response();
    response.#type = "error";
    response.#status = 0;
    response.#headers[freeze]();
    return response;
  }

  static json(value: unknown, init: Any = {}): Response {
    needs(arguments.length, 1, "Response.json");
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError("Value is not JSON serializable");
    const response = new Response(text, init);
    // The type that text brings gives way to JSON's, one that the caller names does not.
    if (!new Headers(init?.headers ?? undefined).has("content-type"))
      response.#headers.set("content-type", "application/json");
    return response;
  }

  static redirect(url: string, status: number = 302): Response {
    needs(arguments.length, 1, "Response.redirect");
    let target: string;
    try {
      target = newUrl(String(url)).href;
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause });
    }
    if (!REDIRECTS.has(status)) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response(null, { status, headers: { location: target } });
    response.#headers[freeze]();
    return response;
  }

  /** A response that came from the network. */
  static received(
    init: { status: number; statusText: string; headers: Headers },
    received: Received,
  ): Response {
    const response = new Response(null);
    response.#type = "basic";
    response.#status = init.status;
    response.#statusText = init.statusText;
    response.#headers = init.headers[freeze]();
    response.#url = received.url;
    response.#redirected = received.redirected;
    response.content = received.content;
    return response;
  }

  get type(): string {
    return this.#type;
  }

  get url(): string {
    return this.#url;
  }

  get redirected(): boolean {
    return this.#redirected;
  }

  get status(): number {
    return this.#status;
  }

  get ok(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  get statusText(): string {
    return this.#statusText;
  }

  get headers(): Headers {
    return this.#headers;
  }

  clone(): Response {
    if (this.bodyUsed || this.content?.stream?.locked) {
      throw new TypeError("Response.clone: Body has already been consumed.");
    }
    const copy = new Response();
    copy.#type = this.#type;
    copy.#url = this.#url;
    copy.#redirected = this.#redirected;
    copy.#status = this.#status;
    copy.#statusText = this.#statusText;
    copy.#headers = new Headers(this.#headers);
    copy.content = this.teeContent();
    return copy;
  }

  protected override mediaType(): string | null {
    return this.#headers.get("content-type");
  }

  get [Symbol.toStringTag](): string {
    return "Response";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, { ...options, depth })}`;
  }
}
cloned(Response, "never");

function checkedStatus(status: unknown): number {
  const number = Number(status);
  if (Number.isInteger(number) && number >= 200 && number <= 599) return number;
  throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
}

function checkedText(text: unknown): string {
  const phrase = byteString(text);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(phrase)) throw new TypeError("Invalid statusText");
  return phrase;
}
