import got, { HTTPError, RequestError, TimeoutError } from "got";

const client = got.extend({ prefixUrl: process.env.UPSTREAM, retry: { limit: 0 } });
const failure = ({ name, code, response }) => ({
  name,
  code,
  status: response?.statusCode,
  body: response?.body,
});

export const cases = {
  JSON: () => client("json").json(),
  "the response": async () => {
    const { statusCode, headers, body } = await client("text");
    return [statusCode, headers["content-type"], body];
  },
  "posts JSON": () => client.post("echo", { json: { a: "ä" } }).json(),
  "posts a form": () => client.post("echo", { form: { a: 1, b: "ä b" } }).json(),
  "search parameters": () => client("echo", { searchParams: { a: 1, b: "ä" } }).json(),
  bytes: async () => (await client("bytes").buffer()).length,
  compressed: async () =>
    Promise.all(["gzip", "deflate", "br"].map(async (path) => (await client(path).text()).length)),
  redirects: async () => {
    const { redirectUrls, statusCode } = await client("redirect");
    return [redirectUrls.map(({ pathname }) => pathname), statusCode];
  },
  "too many redirects": () => client("redirect/loop", { maxRedirects: 2 }).catch(failure),
  404: () => client("missing").catch((error) => [failure(error), error instanceof HTTPError]),
  "does not throw": async () => (await client("missing", { throwHttpErrors: false })).statusCode,
  timeouts: () =>
    client("slow", { timeout: { request: 60 } }).catch((error) => [
      error.name,
      error.code,
      error.event,
      error instanceof TimeoutError,
    ]),
  retries: async () => {
    const { retryCount, body } = await client("flaky", {
      retry: { limit: 3, calculateDelay: ({ computedValue }) => (computedValue ? 1 : 0) },
    });
    return [retryCount, body];
  },
  hooks: () =>
    client("echo", {
      hooks: {
        beforeRequest: [
          (options) => {
            options.headers["x-custom"] = "hooked";
          },
        ],
        afterResponse: [(response) => response],
      },
    })
      .json()
      .then(({ headers }) => headers["x-custom"]),
  streams: async () => {
    let text = "";
    for await (const chunk of client.stream("chunks")) text += chunk;
    return text;
  },
  "nobody listens": () =>
    got("http://127.0.0.1:1", { retry: { limit: 0 } }).catch((error) => [
      error.code,
      error instanceof RequestError,
    ]),
  aborts: () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return client("slow", { signal: controller.signal }).catch(({ name, code }) => [name, code]);
  },
  "broken JSON": () =>
    client("broken-json")
      .json()
      .catch(({ name, code }) => [name, code]),
  "basic auth": () => client("auth", { username: "zoe", password: "secret" }).text(),
};
