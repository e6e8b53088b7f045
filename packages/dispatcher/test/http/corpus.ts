import type { WireRequest } from "./gateways.js";

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const json = ["content-type", "application/json"] as const;

const get = (target: string, ...headers: [string, string][]): WireRequest => ({
  method: "GET",
  target,
  headers,
});
const send = (
  method: string,
  target: string,
  body: Uint8Array,
  ...headers: (readonly [string, string])[]
): WireRequest => ({ method, target, headers, body });

const boundary = "----b";
const multipart = Buffer.concat([
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nü\r\n`),
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n`),
  Buffer.from("Content-Type: application/octet-stream\r\n\r\n"),
  bytes,
  Buffer.from(`\r\n--${boundary}--\r\n`),
]);

export const corpus: Record<string, WireRequest> = {
  root: get("/"),
  json: get("/json"),
  html: get("/html"),
  "a parameter": get("/items/1"),
  "an encoded parameter": get("/items/a%20b%2Fc%3Fd"),
  "a parameter in UTF-8": get("/items/%C3%BC"),
  "a malformed escape": get("/items/%E0%A4%A"),
  "a path kept encoded": get("/files/a%20b/%2e%2E/c%2fd/%23"),
  "a path that climbs": get("/files/../../etc/passwd"),
  "doubled slashes": get("/files//a//b/"),
  "no such route": get("/nowhere"),
  query: get("/query?a=1&b=x%20y%26z"),
  "repeated query keys": get("/query?a=1&a=2&a=3"),
  "empty and valueless query keys": get("/query?a=&b"),
  "a plus and UTF-8 in the query": get("/query?a=x+y&%C3%BC=%E2%98%83"),
  "a query named like a member of Object": get("/query?constructor=1&hasOwnProperty=2"),
  "request header": get("/headers", ["X-Seen", "yes"]),
  "a repeated request header": get("/headers", ["x-list", "1"], ["x-list", "2"]),
  cookies: get("/cookies", ["cookie", "a=1; b=2"]),
  "headers with several values": get("/many"),
  redirect: get("/redirect"),
  "status 418": get("/teapot"),
  "status 204": get("/empty"),
  "an error of the app's own": get("/error"),
  "a picture": get("/png"),
  "bytes without a type": get("/bytes"),
  "text that is not UTF-8": get("/not-utf8"),
  "a byte order mark": get("/bom"),
  "a compressed body": get("/gzip"),
  "a streamed body": get("/stream"),
  HEAD: { method: "HEAD", target: "/json", headers: [] },
  "HEAD of nothing": { method: "HEAD", target: "/nowhere", headers: [] },
  preflight: {
    method: "OPTIONS",
    target: "/cors/x",
    headers: [
      ["origin", "https://example.com"],
      ["access-control-request-method", "PUT"],
      ["access-control-request-headers", "x-a,x-b"],
    ],
  },
  "a cross-origin request": get("/cors/x", ["origin", "https://example.com"]),
  etag: get("/etag/x"),
  "a matching etag": get(
    "/etag/x",
    ["if-none-match", '"b6c0bb8ec1b49b3be13b3d72ffd07ebb3d0bd3a1"'],
    ["a", "b"],
  ),
  "POST bytes": send("POST", "/echo", bytes, ["content-type", "application/octet-stream"]),
  "POST text without a type": send("POST", "/echo", text("no type")),
  "PUT JSON": send("PUT", "/echo", text('{"ü":1}'), json),
  "PATCH nothing": send("PATCH", "/echo", text(""), json),
  DELETE: { method: "DELETE", target: "/echo", headers: [] },
  "POST JSON": send("POST", "/json", text('{"a":["☃"]}'), json),
  "POST broken JSON": send("POST", "/json", text("{"), json),
  "a form": send("POST", "/form", text("a=1&a=2&b=x+y%26"), [
    "content-type",
    "application/x-www-form-urlencoded",
  ]),
  "an upload": send("POST", "/upload", multipart, [
    "content-type",
    `multipart/form-data; boundary=${boundary}`,
  ]),
  "a large body": send("POST", "/echo", new Uint8Array(4_000_000).fill(7), ["content-type", "image/png"]),
};
