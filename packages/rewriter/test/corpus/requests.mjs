// What the corpus's apps are asked, before and after they are rewritten.

/** Events of handlers that are no HTTP apps. */
export const EVENTS = [
  { name: "world" },
  { name: "bad" },
  { Records: [{ body: "1" }, { body: "2" }], name: "records" },
  {
    version: "2.0",
    name: "http",
    rawPath: "/hello",
    requestContext: { http: { method: "GET", path: "/hello" } },
  },
  {
    version: "1.0",
    session: { new: true },
    request: { type: "LaunchRequest", requestId: "r1" },
    context: { System: {} },
  },
];

/** Requests of HTTP apps. */
export const REQUESTS = [
  { method: "GET", path: "/" },
  { method: "GET", path: "/items/7?x=1" },
  { method: "GET", path: "/v1/items/3" },
  { method: "POST", path: "/echo", body: '{"echo":true}' },
  { method: "GET", path: "/missing" },
];

const headersOf = ({ body }) => ({
  host: "localhost",
  ...(body && { "content-type": "application/json", "content-length": String(body.length) }),
});

/** A request as API Gateway's HTTP API gives it to a function. */
export function eventV2(request) {
  const [path, query = ""] = request.path.split("?");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: headersOf(request),
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    requestContext: {
      requestId: "r1",
      stage: "$default",
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "corpus",
      },
    },
    ...(request.body && { body: request.body }),
    isBase64Encoded: false,
  };
}

/** The same as API Gateway's REST API does. */
export function eventV1(request) {
  const [path, query = ""] = request.path.split("?");
  const headers = headersOf(request);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const many = (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value]]));
  return {
    resource: "/{proxy+}",
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: many(headers),
    queryStringParameters: parameters,
    multiValueQueryStringParameters: many(parameters),
    requestContext: {
      requestId: "r1",
      stage: "prod",
      httpMethod: request.method,
      path,
      identity: { sourceIp: "127.0.0.1" },
    },
    body: request.body ?? null,
    isBase64Encoded: false,
  };
}
