import type { Any } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";
import { newUrl } from "../internal/urls.js";
import { fetchData } from "./fetch/data-url.js";
import { exchange, type Sent } from "./fetch/exchange.js";
import { failed, isBlockedPort } from "./fetch/failure.js";
import { nextHop } from "./fetch/redirect.js";
import { Headers, needs } from "./headers.js";
import { Request } from "./request.js";
import { Response } from "./response.js";

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The platform's `fetch`, over the HTTP client of `node:http`.
 *
 * @throws TypeError "fetch failed" with the cause, or the reason of the signal that aborted it
 */
export async function fetch(input: Any, init?: Any): Promise<Response> {
  needs(arguments.length, 1, "fetch");
  const request = new Request(input, init);
  const signal: AbortSignal | undefined =
    init?.signal ?? (input instanceof Request ? input.signal : undefined);
  if (signal?.aborted) throw reasonOf(signal);
  const { protocol } = newUrl(request.url);
  if (protocol === "data:") return fetchData(request.url);
  if (protocol !== "http:" && protocol !== "https:") {
    throw failed(new Error(protocol === "about:" ? "about scheme is not supported" : "unknown scheme"));
  }
  return follow(request, signal);
}

/** Sends the request, and again to where the responses redirect it. */
async function follow(request: Request, signal: AbortSignal | undefined): Promise<Response> {
  const content = (request as Any).content;
  let sent: Sent = {
    url: newUrl(request.url),
    method: request.method,
    headers: new Headers(request.headers),
    content,
  };
  if (content !== null) content.used = true;
  for (let redirects = 0; ; redirects++) {
    if (isBlockedPort(sent.url)) throw failed(new Error("bad port"));
    const received = await exchange(sent, signal).catch((error: unknown) => {
      throw signal?.aborted ? reasonOf(signal) : failed(error);
    });
    const { status, statusText, headers } = received;
    const location = REDIRECTS.has(status) ? headers.get("location") : null;
    if (location === null || request.redirect === "manual") {
      const about = { url: sent.url.href, redirected: redirects > 0, content: received.content };
      return Response.received({ status, statusText, headers }, about);
    }
    received.discard();
    if (request.redirect === "error") throw failed(new Error("unexpected redirect"));
    if (redirects === MOST_REDIRECTS) throw failed(new Error("redirect count exceeded"));
    sent = nextHop(sent, status, location);
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason ?? domException("This operation was aborted", "AbortError");
}
