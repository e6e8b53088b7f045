import { BadRequest, type HttpHeader, type HttpRequest } from "./exchange.js";
import { stringify } from "../intrinsics.js";

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/**
 * What Node's HTTP parser would have refused before an app saw it; an event can hold it all the same.
 * @throws BadRequest
 */
export function checkRequest({ method, host, headers }: HttpRequest): void {
  if (!TOKEN.test(method)) throw new BadRequest("The method is not an HTTP method");
  if (isBroken(host)) throw new BadRequest("The Host header holds a line break");
  for (const [name, value] of headers) {
    if (!TOKEN.test(name)) throw new BadRequest(`${stringify(name)} is not the name of a header`);
    if (isBroken(value)) throw new BadRequest(`The value of header "${name}" holds a line break`);
  }
}

/** Searched in place, thrice: in the engine that costs less than one regular expression. */
function isBroken(value: string): boolean {
  return value.includes("\n") || value.includes("\r") || value.includes("\0");
}

/**
 * For apps that are given a URL: the host goes into it as text, where anything but a name, an address or a port would
 * change what it means. A listener sees the header as it came.
 * @throws BadRequest
 */
export function checkHost(host: string): void {
  if (!HOST.test(host)) throw new BadRequest("The Host header is not a host");
}

/**
 * The headers with the length of the body as it is here. Gateways leave `content-length` out (REST APIs) or count what
 * they have decoded since, and body parsers go by it.
 * @throws BadRequest for what could be read as two requests: two lengths, a length beside a transfer encoding
 */
export function framed(headers: readonly HttpHeader[], body: HttpRequest["body"]): readonly HttpHeader[] {
  let stated: string | undefined;
  let isEncoded = false;
  for (const [name, value] of headers) {
    if (name === "transfer-encoding") isEncoded = true;
    if (name !== "content-length") continue;
    if (stated !== undefined) throw new BadRequest("There are two Content-Length headers");
    if (!/^\d+$/.test(value)) throw new BadRequest("The Content-Length header is not a number");
    stated = value;
  }
  if (isEncoded && stated !== undefined) {
    throw new BadRequest("There are a Content-Length and a Transfer-Encoding header");
  }
  const length = body === undefined ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.length;
  if (isEncoded || Number(stated ?? 0) === length) return headers;
  const others = headers.filter(([name]) => name !== "content-length");
  return [...others, ["content-length", String(length)]];
}
