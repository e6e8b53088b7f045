import { Agent, fetch, FormData, Headers, Pool, request, stream, interceptors } from "undici";
import { Writable } from "node:stream";

const base = process.env.UPSTREAM;
const failure = ({ name, code, cause }) => ({ name, code, cause: cause?.code });

export const cases = {
  request: async () => {
    const { statusCode, headers, body } = await request(`${base}/json`);
    return [statusCode, headers["content-type"], await body.json()];
  },
  posts: async () =>
    (
      await request(`${base}/echo`, {
        method: "POST",
        body: JSON.stringify({ a: "ä" }),
        headers: { "content-type": "application/json" },
      })
    ).body.json(),
  queries: async () => (await request(`${base}/echo`, { query: { a: 1, b: "ä" } })).body.json(),
  bytes: async () => (await (await request(`${base}/bytes`)).body.arrayBuffer()).byteLength,
  streams: async () => {
    const chunks = [];
    await stream(
      `${base}/chunks`,
      { opaque: chunks },
      ({ opaque }) =>
        new Writable({
          write(chunk, _, done) {
            opaque.push(chunk);
            done();
          },
        }),
    );
    return Buffer.concat(chunks).toString();
  },
  fetch: async () => (await fetch(`${base}/json`)).json(),
  "fetch follows redirects": async () => {
    const response = await fetch(`${base}/redirect`);
    return [response.redirected, response.status];
  },
  "fetch posts FormData": async () => {
    const form = new FormData();
    form.set("a", "ä");
    const { headers } = await (await fetch(`${base}/echo`, { method: "POST", body: form })).json();
    return headers["content-type"].split(";")[0];
  },
  "fetch fails": () => fetch("http://127.0.0.1:1").catch(failure),
  headers: async () => new Headers((await request(`${base}/headers`)).headers).get("x-many"),
  pools: async () => {
    const pool = new Pool(base, { connections: 2 });
    const all = await Promise.all(
      [1, 2, 3].map(
        async (n) => (await (await pool.request({ path: `/echo?n=${n}`, method: "GET" })).body.json()).url,
      ),
    );
    await pool.close();
    return all;
  },
  aborts: () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return request(`${base}/slow`, { signal: controller.signal }).catch(({ name }) => name);
  },
  "hang-ups": () => request(`${base}/hang-up`).catch(({ code }) => code),
  "redirect interceptor": async () =>
    (
      await request(`${base}/redirect`, {
        dispatcher: new Agent().compose(interceptors.redirect({ maxRedirections: 2 })),
      })
    ).statusCode,
};
