import { sentHeaders } from "./sent.mjs";

/**
 * The request as a Function URL sends it (payload format 2.0).
 * @param {import("./request.mjs").CorpusRequest} request
 */
export function eventOf(request) {
  const [rawPath = "/", rawQueryString = ""] = request.path.split(/\?(.*)/s);
  const { cookie, ...headers } = sentHeaders(request);
  const content = bodyOf(request.body);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    headers,
    ...(rawQueryString !== "" && { queryStringParameters: joined(new URLSearchParams(rawQueryString)) }),
    requestContext: {
      accountId: "123456789012",
      apiId: "conformance",
      // By which the dispatcher knows that the path is as the client sent it.
      domainName: "conformance.lambda-url.us-east-1.on.aws",
      domainPrefix: "conformance",
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: headers["user-agent"],
      },
      requestId: "conformance",
      routeKey: "$default",
      stage: "$default",
      time: "01/Jan/2025:00:00:00 +0000",
      timeEpoch: 1735689600000,
    },
    ...content,
  };
}

/** Text goes as it is, everything else as base64. */
function bodyOf(body) {
  if (body === undefined || body.length === 0) return { isBase64Encoded: false };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { body: text, isBase64Encoded: false };
  } catch {
    return { body: body.toString("base64"), isBase64Encoded: true };
  }
}

/** Payload format 2.0 joins the values of a repeated key with commas. */
function joined(query) {
  const values = new Map();
  for (const [key, value] of query) values.set(key, values.has(key) ? `${values.get(key)},${value}` : value);
  return Object.fromEntries(values);
}
