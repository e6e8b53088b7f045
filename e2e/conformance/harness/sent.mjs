// What both sides are sent of a request: the fields that a client and Lambda's front door add to those of the corpus.

const HOST = "conformance.example";

/** Added to every request, as curl and the gateway do; the scheme is plain because the reference listens without TLS. */
const DEFAULTS = {
  host: HOST,
  accept: "*/*",
  "user-agent": "conformance/1.0",
  "x-forwarded-for": "127.0.0.1",
  "x-forwarded-proto": "http",
  "x-forwarded-port": "80",
};

/**
 * @param {import("./request.mjs").CorpusRequest} request
 * @returns {Record<string, string>} header fields as both sides get them, lower-case names
 */
export function sentHeaders({ headers, body, method }) {
  const length =
    body?.length ?? (method === "POST" || method === "PUT" || method === "PATCH" ? 0 : undefined);
  return { ...DEFAULTS, ...(length !== undefined && { "content-length": String(length) }), ...headers };
}
