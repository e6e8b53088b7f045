// Outgoing requests with node:http itself.
import http from "node:http";
import { text } from "node:stream/consumers";

const base = process.env.UPSTREAM;
const send = (path, options = {}, body) =>
  new Promise((resolve, reject) => {
    const request = http.request(base + path, options, (response) => resolve(response));
    request.on("error", reject);
    request.end(body);
  });

export const cases = {
  get: () =>
    new Promise((resolve, reject) =>
      http
        .get(`${base}/text`, (response) =>
          text(response).then(
            (body) =>
              resolve([response.statusCode, response.statusMessage, response.headers["content-type"], body]),
            reject,
          ),
        )
        .on("error", reject),
    ),
  post: async () =>
    JSON.parse(
      await text(await send("/echo", { method: "POST", headers: { "Content-Type": "text/plain" } }, "grüße")),
    ),
  "writes in parts": () =>
    new Promise((resolve, reject) => {
      const request = http.request(`${base}/echo`, { method: "POST" }, (response) =>
        resolve(text(response).then(JSON.parse)),
      );
      request.on("error", reject);
      request.write("a");
      request.write(Buffer.from("b"));
      setTimeout(() => request.end("c"), 5);
    }),
  headers: async () => {
    const response = await send("/headers");
    response.resume();
    return [
      response.headers["x-many"],
      response.rawHeaders.filter((_, i, all) => /^x-/i.test(all[i - (i % 2)])),
      response.httpVersion,
    ];
  },
  cookies: async () => {
    const response = await send("/cookies");
    response.resume();
    return response.headers["set-cookie"];
  },
  "options object": async () => {
    const { hostname, port } = new URL(base);
    const response = await new Promise((resolve, reject) =>
      http
        .get({ hostname, port, path: "/echo?x=1", headers: { "X-Custom": ["a", "b"] } }, resolve)
        .on("error", reject),
    );
    return JSON.parse(await text(response));
  },
  "keep-alive": async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ports = [];
    for (let i = 0; i < 3; i++) {
      const response = await send("/text", { agent });
      ports.push(response.socket.localPort);
      await text(response);
    }
    agent.destroy();
    return new Set(ports).size;
  },
  timeouts: () =>
    new Promise((resolve) => {
      const request = http.get(`${base}/slow`, { timeout: 50 });
      request.on("timeout", () => request.destroy(new Error("too slow")));
      request.on("error", ({ message }) => resolve(message));
    }),
  aborts: () => send("/slow", { signal: AbortSignal.timeout(30) }).catch(({ name, code }) => [name, code]),
  "nobody listens": () =>
    new Promise((resolve) =>
      http.get("http://127.0.0.1:1").on("error", ({ code, syscall, port }) => resolve([code, syscall, port])),
    ),
  "hang-ups": () => send("/hang-up").catch(({ code, message }) => [code, message]),
  "HEAD and 204": async () => {
    const head = await send("/json", { method: "HEAD" });
    const empty = await send("/empty");
    return [await text(head), await text(empty), empty.statusCode];
  },
  large: async () => (await text(await send("/large"))).length,
  "pauses and resumes": async () => {
    const response = await send("/large");
    let length = 0;
    let pauses = 0;
    response.on("data", (chunk) => {
      length += chunk.length;
      if (pauses++ < 3) {
        response.pause();
        setTimeout(() => response.resume(), 2);
      }
    });
    await new Promise((resolve) => response.on("end", resolve));
    return length;
  },
  "refuses wrong requests": () => {
    const errors = [];
    for (const run of [
      () => http.request({ path: "/a b" }),
      () => http.request("ftp://x"),
      () => http.request({ method: "A B" }),
      () => http.request({ headers: { "a b": "x" } }),
    ])
      try {
        run()
          .on("error", () => undefined)
          .destroy();
      } catch (error) {
        errors.push([error.name, error.code, error.message]);
      }
    return errors;
  },
};
