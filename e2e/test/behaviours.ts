/** One thing that every shim must do alike: what is sent to which function, and what must come back. */
export interface Behaviour {
  readonly does: string;
  readonly app: "hello" | "hono-zod" | "faults";
  readonly fn: string;
  readonly event: unknown;
  /** The whole payload of a success. */
  readonly answers?: unknown;
  /** Properties of an HTTP result. */
  readonly responds?: Readonly<Record<string, unknown>>;
  /** The function error; the message is matched as a pattern. */
  readonly fails?: { readonly errorType: string; readonly errorMessage: RegExp };
  /** Milliseconds until Lambda would end it; default 3000. */
  readonly timeoutMs?: number;
}

function request(method: string, path: string, body?: unknown): Record<string, unknown> {
  const [rawPath = "/", rawQueryString = ""] = path.split("?");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "orders.example", "content-type": "application/json" },
    requestContext: {
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "e2e" },
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

const order = { item: "tea", quantity: 2, email: "a@example.com" };

/** The one list of behaviours. Each entry is sent to a running sandbox, one after another, per app. */
export const behaviours: readonly Behaviour[] = [
  {
    does: "answers through the response object",
    app: "hello",
    fn: "hello",
    event: { name: "x" },
    answers: { hello: "x" },
  },
  {
    does: "keeps characters outside ASCII",
    app: "hello",
    fn: "hello",
    event: { name: "Zoë 🌍 \u0000" },
    answers: { hello: "Zoë 🌍 \u0000" },
  },
  {
    does: "answers with what a plain handler returns",
    app: "hello",
    fn: "add",
    event: { a: 1, b: 2 },
    answers: { sum: 3, by: "add" },
  },
  {
    does: "serves a fetch function",
    app: "hello",
    fn: "site",
    event: request("GET", "/greet?name=a%20b"),
    responds: { statusCode: 200, body: '{"greeting":"hello, a b"}', isBase64Encoded: false },
  },
  {
    does: "passes an app's 404 on",
    app: "hello",
    fn: "site",
    event: request("GET", "/nowhere"),
    responds: { statusCode: 404, body: "not found\n" },
  },
  {
    does: "says so when an HTTP app gets another event",
    app: "hello",
    fn: "site",
    event: { Records: [] },
    fails: { errorType: "DispatchError", errorMessage: /"site".*Records/s },
  },
  {
    does: "serves a Hono route",
    app: "hono-zod",
    fn: "orders",
    event: request("GET", "/"),
    responds: { statusCode: 200, body: "order book\n" },
  },
  {
    does: "validates with zod and accepts",
    app: "hono-zod",
    fn: "orders",
    event: request("POST", "/orders", order),
    responds: { statusCode: 201, body: JSON.stringify({ id: "1", ...order }) },
  },
  {
    does: "keeps the module's state between requests",
    app: "hono-zod",
    fn: "orders",
    event: request("GET", "/orders/1"),
    responds: { statusCode: 200, body: JSON.stringify(order) },
  },
  {
    does: "validates with zod and refuses",
    app: "hono-zod",
    fn: "orders",
    event: request("POST", "/orders", { ...order, email: "no" }),
    responds: { statusCode: 400 },
  },
  {
    does: "returns binary bodies in base64",
    app: "hono-zod",
    fn: "orders",
    event: request("GET", "/picture"),
    responds: {
      statusCode: 200,
      isBase64Encoded: true,
      body: Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString("base64"),
    },
  },
  {
    does: "lets the app handle its own errors",
    app: "hono-zod",
    fn: "orders",
    event: request("GET", "/boom"),
    responds: { statusCode: 500, body: '{"error":"the order book is on fire"}' },
  },
  {
    does: "reports a throw by the error's name",
    app: "faults",
    fn: "throws",
    event: {},
    fails: { errorType: "OutOfStock", errorMessage: /^no more left$/ },
  },
  {
    does: "reports a rejection by the error's name",
    app: "faults",
    fn: "rejects",
    event: {},
    fails: { errorType: "OutOfStock", errorMessage: /^rejected: no more left$/ },
  },
  {
    does: "reports a thrown string",
    app: "faults",
    fn: "throws-string",
    event: {},
    fails: { errorType: "Error", errorMessage: /just words/ },
  },
  {
    does: "names a BigInt that JSON cannot hold",
    app: "faults",
    fn: "big-int",
    event: {},
    fails: { errorType: ".*", errorMessage: /big-int.*BigInt/is },
  },
  {
    does: "names a circular result",
    app: "faults",
    fn: "circular",
    event: {},
    fails: { errorType: ".*", errorMessage: /circular/i },
  },
  {
    does: "names a function as result",
    app: "faults",
    fn: "returns-function",
    event: {},
    fails: { errorType: ".*", errorMessage: /returns-function.*function/is },
  },
  {
    does: "reports a promise that can never settle at once",
    app: "faults",
    fn: "never-settles",
    event: {},
    fails: { errorType: ".*", errorMessage: /never/ },
    timeoutMs: 60_000,
  },
  {
    does: "reports a response that is never ended",
    app: "faults",
    fn: "never-ends",
    event: {},
    fails: { errorType: ".*", errorMessage: /never|end/ },
    timeoutMs: 60_000,
  },
  {
    does: "interrupts an endless loop at the deadline",
    app: "faults",
    fn: "loops",
    event: {},
    fails: { errorType: ".*", errorMessage: /time|deadline/i },
  },
  {
    does: "turns endless recursion into a RangeError",
    app: "faults",
    fn: "recurses",
    event: {},
    fails: { errorType: "RangeError|InternalError", errorMessage: /stack/i },
  },
  {
    does: "fails the invocation for a status of 400 and more",
    app: "faults",
    fn: "status",
    event: {},
    fails: { errorType: ".*", errorMessage: /"code":404.*Not Found.*no such thing/s },
  },
  {
    does: "answers although a promise was rejected unseen",
    app: "faults",
    fn: "unhandled",
    event: {},
    answers: "answered",
  },
  { does: "waits for timers", app: "faults", fn: "late", event: {}, answers: "in time" },
];
