import { Readable } from "node:stream";
import fetch, { AbortError, Blob, FetchError, FormData, Headers, Request, Response } from "node-fetch";

const base = process.env.UPSTREAM;
const failure = ({ name, type, code }) => ({ name, type, code });

export const cases = {
  JSON: async () => {
    const response = await fetch(`${base}/json`);
    return [
      response.status,
      response.ok,
      response.statusText,
      response.headers.get("content-type"),
      await response.json(),
    ];
  },
  posts: async () =>
    (
      await fetch(`${base}/echo`, {
        method: "POST",
        body: JSON.stringify({ a: "ä" }),
        headers: { "Content-Type": "application/json" },
      })
    ).json(),
  "posts a form": async () => {
    const echo = await (
      await fetch(`${base}/echo`, { method: "POST", body: new URLSearchParams({ a: "1" }) })
    ).json();
    return echo;
  },
  "posts FormData": async () => {
    const form = new FormData();
    form.set("a", "ä");
    form.set("f", new Blob(["file"]), "a.txt");
    const { headers, length } = await (await fetch(`${base}/echo`, { method: "POST", body: form })).json();
    return [headers["content-type"].split(";")[0], length > 100];
  },
  "posts a stream": async () =>
    (await fetch(`${base}/echo`, { method: "POST", body: Readable.from(["a", "b"]) })).json(),
  bytes: async () => (await (await fetch(`${base}/bytes`)).arrayBuffer()).byteLength,
  "a stream": async () => {
    let text = "";
    for await (const chunk of (await fetch(`${base}/chunks`)).body) text += chunk;
    return text;
  },
  compressed: async () =>
    Promise.all(
      ["/gzip", "/deflate", "/br"].map(async (path) => (await (await fetch(base + path)).text()).length),
    ),
  redirects: async () => {
    const response = await fetch(`${base}/redirect`);
    return [response.redirected, new URL(response.url).pathname];
  },
  "manual redirects": async () => {
    const response = await fetch(`${base}/redirect`, { redirect: "manual" });
    return [response.status, new URL(response.headers.get("location")).pathname];
  },
  "refused redirects": () => fetch(`${base}/redirect`, { redirect: "error" }).catch(failure),
  "redirect loops": () => fetch(`${base}/redirect/loop`).catch(failure),
  aborts: () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return fetch(`${base}/slow`, { signal: controller.signal }).catch((error) => [
      failure(error),
      error instanceof AbortError,
    ]);
  },
  errors: () => fetch("http://127.0.0.1:1").catch((error) => [failure(error), error instanceof FetchError]),
  "hang-ups": () => fetch(`${base}/hang-up`).catch(({ code }) => code),
  headers: async () => {
    const { headers } = await fetch(`${base}/headers`);
    return [headers.get("x-many"), [...headers].filter(([name]) => name.startsWith("x-"))];
  },
  cookies: async () => (await fetch(`${base}/cookies`)).headers.raw()["set-cookie"],
  classes: async () => {
    const request = new Request("http://a.example/x?y=1", { method: "PUT", body: "z" });
    const headers = new Headers([
      ["a", "1"],
      ["A", "2"],
    ]);
    return [
      request.method,
      request.url,
      await request.text(),
      headers.get("a"),
      await Response.json({ a: 1 }).json(),
    ];
  },
  clones: async () => {
    const response = await fetch(`${base}/text`);
    const copy = response.clone();
    return [await response.text(), await copy.text()];
  },
  "size limit": () =>
    fetch(`${base}/large`, { size: 100 })
      .then((response) => response.text())
      .catch(failure),
};
