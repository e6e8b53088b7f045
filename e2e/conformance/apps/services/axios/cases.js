import http from "node:http";
import { Readable } from "node:stream";
import axios, { AxiosError, CanceledError } from "axios";
import FormData from "form-data";

const base = process.env.UPSTREAM;
const client = axios.create({ baseURL: base, timeout: 5000, httpAgent: new http.Agent({ keepAlive: true }) });
const failure = ({ name, message, code, response }) => ({
  name,
  message: message.replace(/127\.0\.0\.1:\d+/, "HOST"),
  code,
  status: response?.status,
  data: response?.data,
});

export const cases = {
  JSON: async () => {
    const { data, status, statusText, headers } = await client.get("/json");
    return { data, status, statusText, type: headers["content-type"] };
  },
  parameters: async () =>
    (await client.get("/echo", { params: { a: [1, 2], b: "ä b", c: { d: 1 }, e: null, f: new Date(0) } }))
      .data,
  "posts JSON": async () =>
    (await client.post("/echo", { text: "grüße 🎉" }, { headers: { "X-Custom": "yes" } })).data,
  "posts a form": async () => (await client.post("/echo", new URLSearchParams({ a: "1", b: "ä" }))).data,
  "posts multipart": async () => {
    const form = new FormData();
    form.setBoundary("fixed");
    form.append("a", "1");
    form.append("f", Buffer.from("file"), { filename: "a.txt" });
    return (await client.post("/echo", form)).data;
  },
  "posts a stream": async () =>
    (await client.post("/echo", Readable.from(["a", "b"]), { headers: { "Content-Type": "text/plain" } }))
      .data,
  "puts, patches, deletes": async () => [
    (await client.put("/echo", "text")).data,
    (await client.patch("/echo", { a: 1 })).data,
    (await client.delete("/echo", { data: { b: 1 } })).data,
    (await client.head("/json")).status,
  ],
  bytes: async () => [...(await client.get("/bytes", { responseType: "arraybuffer" })).data].length,
  "a stream": async () => {
    const { data } = await client.get("/chunks", { responseType: "stream" });
    let text = "";
    for await (const chunk of data) text += chunk;
    return text;
  },
  "text and latin1": async () => [
    (await client.get("/text")).data,
    (await client.get("/latin1", { responseEncoding: "latin1" })).data,
  ],
  compressed: async () =>
    Promise.all(["/gzip", "/deflate", "/br"].map(async (path) => (await client.get(path)).data.length)),
  large: async () => (await client.get("/large")).data.length,
  redirects: async () => {
    const { data, request } = await client.get("/redirect");
    return [data, request.path];
  },
  "follows 303 and 307": async () => [
    (await client.post("/redirect/see-other", { a: 1 })).data,
    (await client.post("/redirect/keep", { a: 1 })).data,
  ],
  "too many redirects": () => client.get("/redirect/loop", { maxRedirects: 3 }).catch(failure),
  "no redirects": () =>
    client
      .get("/redirect", { maxRedirects: 0, validateStatus: (status) => status < 400 })
      .then(({ status, headers }) => [status, headers.location]),
  404: () => client.get("/missing").catch(failure),
  "500 and its type": () =>
    client
      .get("/error")
      .catch((error) => [failure(error), error instanceof AxiosError, axios.isAxiosError(error)]),
  "accepts errors": async () => (await client.get("/missing", { validateStatus: null })).status,
  timeouts: () => client.get("/slow", { timeout: 50 }).catch(failure),
  aborts: () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return client
      .get("/slow", { signal: controller.signal })
      .catch((error) => [failure(error), error instanceof CanceledError]);
  },
  "hang-ups": () => client.get("/hang-up").catch(({ code }) => code),
  "nobody listens": () => axios.get("http://127.0.0.1:1/").catch(({ code }) => code),
  "basic auth": async () => [
    (await client.get("/auth", { auth: { username: "zoe", password: "secret" } })).data,
    await client.get("/auth").catch(({ response }) => response.headers["www-authenticate"]),
  ],
  interceptors: async () => {
    const own = axios.create({ baseURL: base });
    own.interceptors.request.use((config) => {
      config.headers.set("X-Custom", "intercepted");
      return config;
    });
    own.interceptors.response.use(
      (response) => ({ ...response, data: response.data.headers["x-custom"] }),
      (error) => Promise.reject(error),
    );
    return (await own.get("/echo")).data;
  },
  transforms: async () =>
    (await client.get("/json", { transformResponse: [(text) => JSON.parse(text).list] })).data,
  "broken JSON": async () => (await client.get("/broken-json")).data,
  "several cookies": async () =>
    (await client.get("/cookies", { headers: { Cookie: "x=1" } })).headers["set-cookie"],
  "size limits": () =>
    client.get("/large", { maxContentLength: 1000 }).catch(({ code, message }) => [code, message]),
  progress: async () => {
    let loaded = 0;
    await client.get("/large", { onDownloadProgress: (event) => (loaded = event.loaded) });
    return loaded;
  },
  "fetch adapter": async () => (await axios.get(`${base}/json`, { adapter: "fetch" })).data,
  "in parallel": async () =>
    (await Promise.all(Array.from({ length: 10 }, (_, i) => client.get(`/echo?n=${i}`)))).map(
      ({ data }) => data.url,
    ),
};
