import { failure } from "./observe.js";
import type { Scenario, Servers } from "./scenarios.js";

const at = ({ http }: Servers, path: string): string => `http://127.0.0.1:${http}${path}`;

interface Reflected {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
  readonly body: string;
}

/** What the server saw of the request; the order of the fields is the client's own affair. */
async function reflected(response: Response): Promise<unknown> {
  const { method, url, rawHeaders, body } = (await response.json()) as Reflected;
  const fields = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? `${name.toLowerCase()}: ${rawHeaders[index + 1]}` : [],
  );
  const { status, ok, redirected, type } = response;
  return {
    status,
    ok,
    redirected,
    type,
    method,
    url,
    body,
    fields: fields.filter((field) => !field.startsWith("host:")).sort(),
  };
}

/** The platform's fetch. */
export const fetches: Readonly<Record<string, Scenario>> = {
  fetch: async (servers) =>
    reflected(await fetch(at(servers, "/echo?a=1"), { headers: { "X-A": "caf\xe9" } })),
  "fetch with each kind of body": async (servers) => {
    const url = at(servers, "/echo");
    const bodies = [
      "hällo",
      new URLSearchParams({ a: "1 2" }),
      new Uint8Array([1, 2, 255]),
      new Blob(["b"], { type: "text/x" }),
      undefined,
    ];
    const seen = [];
    for (const body of bodies)
      seen.push(await reflected(await fetch(url, { method: "POST", ...(body !== undefined && { body }) })));
    return seen;
  },
  "fetch with a Request, cloned": async (servers) => {
    const request = new Request(at(servers, "/echo"), { method: "PUT", body: "twice" });
    return [await reflected(await fetch(request.clone())), await reflected(await fetch(request))];
  },
  "fetch that sends a stream": async (servers) => {
    let count = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (count++ < 3) controller.enqueue(new TextEncoder().encode(`part ${count} `));
        else controller.close();
      },
    });
    return reflected(
      await fetch(at(servers, "/echo"), { method: "POST", body, duplex: "half" } as RequestInit),
    );
  },
  "fetch that reads a stream": async (servers) => {
    const response = await fetch(at(servers, "/large"));
    let length = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) length += chunk.length;
    return length;
  },
  "fetch that is cancelled while it reads": async (servers) => {
    const response = await fetch(at(servers, "/drip"));
    const reader = response.body!.getReader();
    const { done } = await reader.read();
    await reader.cancel();
    return done;
  },
  "a response that is read as a whole, cloned, and read twice": async (servers) => {
    const response = await fetch(at(servers, "/trailers"), { method: "POST" });
    const clone = response.clone();
    return [await response.text(), await clone.text(), response.bodyUsed, await failure(response.text())];
  },
  "redirects followed, refused, and handed over": async (servers) => {
    const redirect = (code: number, to = "/echo") => at(servers, `/redirect?code=${code}&to=${to}`);
    const manual = await fetch(redirect(302), { redirect: "manual" });
    return {
      found: await reflected(await fetch(redirect(302), { method: "POST", body: "x" })),
      temporary: await reflected(await fetch(redirect(307), { method: "POST", body: "x" })),
      manual: [manual.status, manual.headers.get("location"), manual.type, await manual.text()],
      refused: await failure(fetch(redirect(302), { redirect: "error" })),
      endless: await failure(fetch(at(servers, "/loop"))),
    };
  },
  "encoded responses": async (servers) => {
    const paths = ["gzip", "deflate", "deflate-raw", "br"];
    return Promise.all(paths.map(async (path) => (await fetch(at(servers, `/${path}`))).text()));
  },
  "headers beyond ASCII, and cookies": async (servers) => {
    const { headers } = await fetch(at(servers, "/latin"));
    return [
      headers.get("x-latin"),
      headers.getSetCookie(),
      [...headers.keys()].filter((name) => name !== "date"),
    ];
  },
  "no body where there is none": async (servers) => {
    const head = await fetch(at(servers, "/large"), { method: "HEAD" });
    const none = await fetch(at(servers, "/no-content"));
    return [
      head.headers.get("content-length"),
      head.body,
      await head.text(),
      none.status,
      none.body,
      await none.text(),
    ];
  },
  "failures of the network": async (servers) => ({
    missing: await failure(fetch("http://name.invalid/")),
    blocked: await failure(fetch("http://127.0.0.1:1/")),
    scheme: await failure(fetch("ftp://127.0.0.1/")),
    broken: Object.entries(
      await failure(fetch(at(servers, "/break-off")).then((response) => response.text())),
    ).slice(0, 2),
  }),
  "aborted before, while it waits, and while it reads": async (servers) => {
    const later = (reason?: unknown): AbortSignal => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(reason), 20);
      return controller.signal;
    };
    return {
      before: await failure(fetch(at(servers, "/slow"), { signal: AbortSignal.abort() })),
      waiting: await failure(fetch(at(servers, "/slow"), { signal: later() })),
      reason: await failure(fetch(at(servers, "/slow"), { signal: later(new RangeError("why")) })),
      timeout: await failure(fetch(at(servers, "/slow"), { signal: AbortSignal.timeout(20) })),
      reading: await failure(
        fetch(at(servers, "/drip"), { signal: later() }).then((response) => response.text()),
      ),
    };
  },
  "data URLs": async () => {
    const response = await fetch("data:text/plain;charset=utf-8;base64,SMOkbGxv");
    return [response.status, response.headers.get("content-type"), await response.text()];
  },
};
