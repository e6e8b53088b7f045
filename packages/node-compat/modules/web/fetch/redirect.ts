import { toText } from "laconic:node";
import { UTF8 } from "../../buffer/encodings.js";
import { newUrl } from "../../internal/urls.js";
import { Headers } from "../headers.js";
import type { Sent } from "./exchange.js";
import { failed } from "./failure.js";

const ABOUT_THE_BODY = [
  "content-encoding",
  "content-language",
  "content-location",
  "content-type",
  "content-length",
];
/** Not for another origin's eyes. */
const SECRETS = ["authorization", "proxy-authorization", "cookie", "host"];

/** The request that follows a redirect, as the fetch standard has it. */
export function nextHop(sent: Sent, status: number, location: string): Sent {
  const url = target(sent.url, location);
  const headers = new Headers(sent.headers);
  let { method, content } = sent;
  const becomesGet =
    (status === 303 && method !== "GET" && method !== "HEAD") ||
    ((status === 301 || status === 302) && method === "POST");
  if (becomesGet) {
    method = "GET";
    content = null;
    for (const name of ABOUT_THE_BODY) headers.delete(name);
  } else if (content !== null && content.bytes === undefined) {
    // A stream can be read once only, and it has been.
    throw failed(new Error("the body of a redirected request cannot be sent again"));
  }
  if (url.origin !== sent.url.origin) for (const name of SECRETS) headers.delete(name);
  return { url, method, headers, content };
}

function target(from: URL, location: string): URL {
  let url: URL;
  try {
    // Header values are Latin-1 on the wire, and servers write UTF-8 into them.
    url = newUrl(
      location.replace(/[\x80-\xff]+/g, (bytes) => decodeUtf8(bytes)),
      from.href,
    );
  } catch (cause) {
    throw failed(cause);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw failed(new Error("URL scheme must be a HTTP(S) scheme"));
  if (url.hash === "") url.hash = from.hash;
  return url;
}

function decodeUtf8(letters: string): string {
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return toText(bytes, UTF8, 0, bytes.length);
}
