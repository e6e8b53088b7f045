import fc from "fast-check";

/** Any JSON value, with the keys and texts that break what is careless. */
export const anything = fc.anything({ maxDepth: 3, withNullPrototype: false }).map((value): unknown => {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
});

/** Half surrogate pairs too: JSON can hold them, UTF-8 cannot. */
const lone = fc.constantFrom("\ud800", "a\udfffb", "\udc00\ud800");
const name = fc.constantFrom("__proto__", "constructor", "toString", "host", "cookie", "content-length", "");
const injected = fc.constantFrom("a\r\nb: c", "\u0000", "x\ny", "\r", "%0d%0aset-cookie:x", "\u2028", "ü☃");
const climbing = fc.constantFrom(
  "/../../etc/passwd",
  "/%2e%2e/%2e%2e/x",
  "/..%2f..%5c",
  "//evil.example/x",
  "\\\\x\\..",
);

export const key = fc.oneof(name, injected, fc.string({ unit: "binary" }));
export const text = fc.oneof(
  injected,
  climbing,
  lone,
  fc.string({ unit: "binary" }),
  fc.webPath(),
  fc.base64String(),
);
export const map = fc.dictionary(key, fc.oneof(text, fc.array(text), anything), { noNullPrototype: true });

/** Mostly what belongs there, sometimes anything. */
export function field(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: good }, { weight: 1, arbitrary: anything });
}

const method = fc.constantFrom("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "TRACE", "brew", "G T", "");
const common = {
  headers: field(map),
  multiValueHeaders: field(map),
  body: field(text),
  isBase64Encoded: field(fc.boolean()),
};
const query = { queryStringParameters: field(map), multiValueQueryStringParameters: field(map) };
const domainName = field(fc.oneof(text, fc.constantFrom("a.execute-api.x", "a.lambda-url.x")));

/** Events of every HTTP shape, correct and broken; the discriminating fields are always there. */
export const hostileEvents: Record<string, fc.Arbitrary<unknown>> = {
  "HTTP API or Function URL": fc.record(
    {
      ...common,
      version: field(fc.constant("2.0")),
      rawPath: field(text),
      rawQueryString: field(text),
      queryStringParameters: field(map),
      cookies: field(fc.array(text)),
      requestContext: fc.record({
        stage: field(text),
        domainName,
        http: fc.record({ method: field(method), path: field(text), sourceIp: field(text) }),
      }),
    },
    { requiredKeys: ["requestContext"] },
  ),
  "REST API": fc.record(
    {
      ...common,
      ...query,
      version: field(fc.constantFrom("1.0", undefined)),
      httpMethod: fc.oneof(method, text),
      path: text,
      requestContext: field(fc.record({ stage: text, path: text, domainName, identity: anything })),
    },
    { requiredKeys: ["httpMethod", "path"] },
  ),
  "load balancer": fc.record(
    {
      ...common,
      ...query,
      httpMethod: field(method),
      path: field(text),
      requestContext: fc.record({ elb: fc.record({ targetGroupArn: text }) }),
    },
    { requiredKeys: ["requestContext"] },
  ),
  "WebSocket API": fc.record(
    {
      ...common,
      ...query,
      requestContext: fc.record({
        connectionId: text,
        routeKey: fc.oneof(text, fc.constantFrom("$connect", "$default")),
        eventType: field(fc.constantFrom("CONNECT", "MESSAGE", "DISCONNECT")),
        identity: anything,
      }),
    },
    { requiredKeys: ["requestContext"] },
  ),
  "VPC Lattice": fc.record(
    {
      ...common,
      is_base64_encoded: field(fc.boolean()),
      method: fc.oneof(method, text),
      raw_path: text,
      path: field(text),
      query_string_parameters: field(map),
      queryStringParameters: field(map),
      requestContext: fc.record({ serviceArn: text }),
    },
    { requiredKeys: ["method", "requestContext"] },
  ),
  "no HTTP source": anything,
};
