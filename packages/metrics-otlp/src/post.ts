import type { IncomingMessage, RequestOptions } from "node:http";

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Bytes of an answer that are read; one of a collector has some hundred at most. */
const MOST_READ = 64 * 1024;

/** Sends one request and reads the answer to its end. @throws when there is none within `timeoutMs`, or it is too long */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  timeoutMs: number,
): Promise<Answered> {
  const { request } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const options: RequestOptions = {
    method: "POST",
    headers: { ...headers, "content-length": body.byteLength },
    // A sandbox sleeps between requests while the other side closes what is idle. A request on such a connection fails in a
    // way that does not tell whether it was stored.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      readWhole(response).then(
        (text) =>
          finish(() => resolve({ status: response.statusCode!, headers: response.headers, body: text })),
        (error: unknown) => finish(() => reject(error)),
      );
    });
    const timer = setTimeout(
      () => finish(() => reject(new Error(`no whole answer within ${timeoutMs} ms`))),
      timeoutMs,
    );
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      sent.destroy();
    };
    sent.on("error", (error) => finish(() => reject(error)));
    sent.end(body);
  });
}

function readWhole(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > MOST_READ) reject(new Error(`the answer has more than ${MOST_READ} bytes`));
    });
    response.on("end", () => resolve(text));
    response.on("error", reject);
    response.on("aborted", () => reject(new Error("the connection broke within the answer")));
    response.on("close", () => reject(new Error("the connection broke within the answer")));
  });
}
