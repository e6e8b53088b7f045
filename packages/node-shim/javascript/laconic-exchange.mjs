// One request to the app's process over its connection, which is kept.
import { Agent, request as httpRequest } from "node:http";
import { LaconicError } from "./laconic-errors.mjs";

/** The process serves one request at a time, as the sandbox does. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} text
 * @property {number} openSocketMs from the beginning until there was a connection
 * @property {number} requestMs until the request was sent
 * @property {number} responseMs until the answer had arrived
 */

/**
 * @param {number} port
 * @param {string} name the function's
 * @param {string} context JSON
 * @param {string} event JSON
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>} rejects with Node's error; `code` ECONNREFUSED means that nothing was sent
 */
export function exchange(port, name, context, event, signal) {
  const begun = performance.now();
  const since = () => performance.now() - begun;
  const contextBytes = Buffer.byteLength(context);
  return new Promise((resolve, reject) => {
    let openSocketMs = 0;
    let requestMs = 0;
    const request = httpRequest({
      agent,
      port,
      signal,
      host: "127.0.0.1",
      method: "POST",
      path: `/${encodeURIComponent(name)}`,
      headers: {
        "content-type": "application/json",
        "content-length": contextBytes + Buffer.byteLength(event),
        "laconic-context-length": contextBytes,
      },
    });
    request.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => (openSocketMs = since()));
      else openSocketMs = since();
    });
    request.once("finish", () => (requestMs = since()));
    request.once("error", reject);
    request.once("response", (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      // Half a response: the connection closed before its end.
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          openSocketMs,
          requestMs,
          responseMs: since(),
        }),
      );
    });
    request.write(context);
    request.end(event);
  });
}

/** @param {Answer} answer @returns {unknown} @throws {LaconicError} LAC6307 */
export function parsed({ status, text }) {
  try {
    if (status === 200 || status === 500) return JSON.parse(text);
  } catch {
    // Told below, with what came.
  }
  const begin = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  throw new LaconicError(
    "LAC6307",
    `the app's process gave an answer that is not the shim's (status ${status}: ${JSON.stringify(begin)}). ` +
      "Something else may listen on its port: set LACONIC_PROXY_PORT to a free one.",
  );
}
