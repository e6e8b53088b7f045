// The fetch that the platform brings.
const base = process.env.UPSTREAM;
const failure = ({ name, message, cause }) => ({ name, message, cause: cause?.code });

export const cases = {
  JSON: async () => {
    const response = await fetch(`${base}/json`);
    return [
      response.status,
      response.ok,
      response.statusText,
      response.type,
      response.headers.get("content-type"),
      await response.json(),
      response.bodyUsed,
    ];
  },
  "posts JSON": async () =>
    (
      await fetch(`${base}/echo`, {
        method: "POST",
        body: JSON.stringify({ a: "ä" }),
        headers: { "content-type": "application/json", "x-custom": "1" },
      })
    ).json(),
  "posts text": async () => (await fetch(`${base}/echo`, { method: "POST", body: "grüße" })).json(),
  "posts a form": async () =>
    (await fetch(`${base}/echo`, { method: "POST", body: new URLSearchParams({ a: "1", b: "ä" }) })).json(),
  "posts FormData": async () => {
    const form = new FormData();
    form.append("a", "1");
    form.append("f", new Blob(["file"], { type: "text/plain" }), "a.txt");
    const { headers, length } = await (await fetch(`${base}/echo`, { method: "POST", body: form })).json();
    return [headers["content-type"].split(";")[0], length > 100];
  },
  "posts bytes": async () =>
    (await fetch(`${base}/echo`, { method: "PUT", body: new Uint8Array(5000).fill(7) })).json(),
  "posts a stream": async () =>
    (
      await fetch(`${base}/echo`, {
        method: "POST",
        duplex: "half",
        body: new ReadableStream({
          start(c) {
            c.enqueue(new TextEncoder().encode("a"));
            c.enqueue(new TextEncoder().encode("b"));
            c.close();
          },
        }),
      })
    ).json(),
  "a Request": async () => {
    const request = new Request(`${base}/echo`, { method: "PATCH", body: "x", headers: { "x-custom": "r" } });
    return [(await (await fetch(request)).json()).headers["x-custom"], request.bodyUsed];
  },
  "bytes, blobs": async () => [
    (await (await fetch(`${base}/bytes`)).arrayBuffer()).byteLength,
    (await (await fetch(`${base}/bytes`)).blob()).size,
  ],
  "reads a stream": async () => {
    const reader = (await fetch(`${base}/chunks`)).body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
    }
  },
  "iterates a stream": async () => {
    let length = 0;
    for await (const chunk of (await fetch(`${base}/large`)).body) length += chunk.length;
    return length;
  },
  compressed: async () =>
    Promise.all(
      ["/gzip", "/deflate", "/br"].map(async (path) => (await (await fetch(base + path)).text()).length),
    ),
  redirects: async () => {
    const response = await fetch(`${base}/redirect`);
    return [response.redirected, new URL(response.url).pathname];
  },
  "303 and 307": async () => [
    await (await fetch(`${base}/redirect/see-other`, { method: "POST", body: "x" })).json(),
    await (await fetch(`${base}/redirect/keep`, { method: "POST", body: "x" })).json(),
  ],
  "manual redirects": async () => (await fetch(`${base}/redirect`, { redirect: "manual" })).status,
  "refused redirects": () =>
    fetch(`${base}/redirect`, { redirect: "error" }).catch(({ name, message }) => [name, message]),
  "redirect loops": () => fetch(`${base}/redirect/loop`).catch(({ name, message }) => [name, message]),
  headers: async () => {
    const { headers } = await fetch(`${base}/headers`);
    return [
      headers.get("x-many"),
      headers.has("X-One"),
      [...headers.keys()].filter((name) => name.startsWith("x-")),
    ];
  },
  cookies: async () => (await fetch(`${base}/cookies`)).headers.getSetCookie(),
  "an empty body": async () => {
    const response = await fetch(`${base}/empty`);
    return [response.status, response.body, await response.text()];
  },
  "errors are no exceptions": async () => (await fetch(`${base}/error`)).status,
  "broken JSON": () =>
    fetch(`${base}/broken-json`)
      .then((response) => response.json())
      .catch(({ name }) => name),
  aborts: () =>
    fetch(`${base}/slow`, { signal: AbortSignal.timeout(50) }).catch(({ name, code }) => [name, code]),
  "aborts with a reason": () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("own reason")), 20);
    return fetch(`${base}/slow`, { signal: controller.signal }).catch(({ message }) => message);
  },
  "nobody listens": () => fetch("http://127.0.0.1:1").catch(failure),
  "hang-ups": () => fetch(`${base}/hang-up`).catch(({ name, message }) => [name, message]),
  "invalid addresses": () => fetch("nonsense").catch(({ name }) => name),
  clones: async () => {
    const response = await fetch(`${base}/text`);
    const copy = response.clone();
    return [await response.text(), await copy.text()];
  },
  "reads twice": async () => {
    const response = await fetch(`${base}/text`);
    await response.text();
    return response.text().catch(({ name }) => name);
  },
  "in parallel": async () =>
    (
      await Promise.all(
        Array.from({ length: 10 }, (_, i) => fetch(`${base}/echo?n=${i}`).then((r) => r.json())),
      )
    ).map(({ url }) => url),
};
