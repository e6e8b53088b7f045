/** A request as it is on the wire: one entry a header line. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  /** Sorted, lower-case, one entry a line. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What AWS puts between a client and a function: request -> event, result -> response, by the documented rules. */
export interface Gateway {
  toEvent(request: WireRequest): Record<string, unknown>;
  fromResult(result: unknown): WireResponse;
}

interface Result {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

const TEXT = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded))/;

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function bodyFields({ headers, body }: WireRequest): { body?: string; isBase64Encoded: boolean } {
  if (body === undefined) return { isBase64Encoded: false };
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return TEXT.test(type)
    ? { body: Buffer.from(body).toString(), isBase64Encoded: false }
    : { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}

function split(target: string): [path: string, query: string] {
  const at = target.indexOf("?");
  return at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
}

function rawQueryPairs(query: string): [string, string][] {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

function fromResult(received: unknown): WireResponse {
  const result = received as Result;
  const lists: Record<string, string[]> = {
    ...mapValues(result.headers ?? {}, (value) => [value]),
    ...result.multiValueHeaders,
  };
  const lines = Object.entries(lists).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name.toLowerCase(), value]),
  );
  for (const cookie of result.cookies ?? []) lines.push(["set-cookie", cookie]);
  return {
    status: result.statusCode,
    headers: lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    body: Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8"),
  };
}

/** The HTTP API decodes the path, a Function URL does not; otherwise their events are alike. */
const payload2 = (domainName: string, pathOf: (path: string) => string): Gateway => ({
  toEvent(request) {
    const [path, rawQueryString] = split(request.target);
    const rawPath = pathOf(path);
    const { cookie, ...lists } = grouped(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    return {
      version: "2.0",
      routeKey: "$default",
      rawPath,
      rawQueryString,
      ...(cookie && { cookies: cookie.flatMap((line) => line.split("; ")) }),
      headers: mapValues(lists, (values) => values.join(",")),
      requestContext: {
        stage: "$default",
        domainName,
        http: {
          method: request.method,
          path: rawPath,
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "t",
        },
      },
      ...bodyFields(request),
    };
  },
  fromResult,
});

const restApi: Gateway = {
  toEvent(request) {
    const [path, query] = split(request.target);
    const parameters = grouped([...new URLSearchParams(query)]);
    const headers = grouped(request.headers);
    const nullable = query === "" ? null : parameters;
    return {
      resource: "/{proxy+}",
      path,
      httpMethod: request.method,
      headers: mapValues(headers, (values) => values.at(-1)),
      multiValueHeaders: headers,
      queryStringParameters: nullable && mapValues(nullable, (values) => values.at(-1)),
      multiValueQueryStringParameters: nullable,
      requestContext: { stage: "prod", path: `/prod${path}`, httpMethod: request.method },
      body: null,
      ...bodyFields(request),
    };
  },
  fromResult,
};

const balancer = (isMulti: boolean): Gateway => ({
  toEvent(request) {
    const [path, query] = split(request.target);
    const headers = grouped(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const parameters = grouped(rawQueryPairs(query));
    return {
      requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1" } },
      httpMethod: request.method,
      path,
      ...(isMulti
        ? { multiValueQueryStringParameters: parameters, multiValueHeaders: headers }
        : {
            queryStringParameters: mapValues(parameters, (values) => values.at(-1)),
            headers: mapValues(headers, (values) => values.join(",")),
          }),
      body: "",
      ...bodyFields(request),
    };
  },
  fromResult(result) {
    const { headers, multiValueHeaders, statusCode } = result as Result;
    // The balancer drops what is in the field that its setting does not use, and answers 502 without a status.
    if (!Number.isInteger(statusCode) || (isMulti ? headers : multiValueHeaders) !== undefined) {
      throw new Error("not a result for this balancer", { cause: result });
    }
    return fromResult(result);
  },
});

export const gateways: Record<string, Gateway> = {
  "API Gateway HTTP API": payload2("id.execute-api.eu-west-1.amazonaws.com", decodeURIComponent),
  "Function URL": payload2("id.lambda-url.eu-west-1.on.aws", (path) => path),
  "API Gateway REST API": restApi,
  "ALB, multi value headers": balancer(true),
  "ALB, single value headers": balancer(false),
};
