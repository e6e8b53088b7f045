// HTTP/1.1 by hand: the reference answer must be the bytes that Node put on the wire, not what a client library made of them.
import { connect } from "node:net";
import { sentHeaders } from "./sent.mjs";

/**
 * @typedef {object} WireResponse
 * @property {number} status
 * @property {[string, string][]} fields as received
 * @property {Buffer} body without its transfer coding
 */

const LIMIT_MS = 120_000;

/**
 * Sends one request over a connection of its own.
 * @param {number} port
 * @param {import("./request.mjs").CorpusRequest} request
 * @returns {Promise<WireResponse>}
 */
export function sendRaw(port, request) {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = connect({ host: "127.0.0.1", port });
    const settle = (isAtEnd) => {
      try {
        const response = parseResponse(received, request.method, isAtEnd);
        if (response === undefined) return;
        socket.destroy();
        resolve(response);
      } catch (error) {
        socket.destroy();
        reject(error);
      }
    };
    socket.setTimeout(LIMIT_MS, () =>
      socket.destroy(new Error(`no answer to ${request.name} in ${LIMIT_MS} ms`)),
    );
    socket.on("connect", () => socket.write(requestBytes(request)));
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      settle(false);
    });
    socket.on("end", () => settle(true));
    socket.on("error", reject);
    socket.on("close", () =>
      reject(new Error(`the connection closed in the middle of the answer to ${request.name}`)),
    );
  });
}

/** @param {import("./request.mjs").CorpusRequest} request */
function requestBytes(request) {
  const lines = Object.entries(sentHeaders(request)).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${request.method} ${request.path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head), request.body ?? Buffer.alloc(0)]);
}

/** @returns {WireResponse | undefined} undefined while bytes are missing */
function parseResponse(received, method, isAtEnd) {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const [statusLine = "", ...lines] = headText(received.subarray(0, headEnd)).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (!status) throw new Error(`not an HTTP response: ${statusLine}`);
  const rest = received.subarray(headEnd + 4);
  // An informational response goes before the answer itself.
  if (status < 200) return parseResponse(rest, method, isAtEnd);
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    return /** @type {[string, string]} */ ([line.slice(0, colon), line.slice(colon + 1).trim()]);
  });
  const body = parseBody(rest, { status, fields, method, isAtEnd });
  return body === undefined ? undefined : { status, fields, body };
}

/** Node writes a head together with a text as UTF-8 and alone as Latin-1: either way it means the same letters. */
function headText(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

function parseBody(rest, { status, fields, method, isAtEnd }) {
  if (method === "HEAD" || status === 204 || status === 304) return Buffer.alloc(0);
  const value = (name) => fields.find(([field]) => field.toLowerCase() === name)?.[1];
  if (value("transfer-encoding")?.toLowerCase() === "chunked") return dechunk(rest);
  const length = value("content-length");
  if (length !== undefined)
    return rest.length < Number(length) ? undefined : rest.subarray(0, Number(length));
  return isAtEnd ? rest : undefined;
}

function dechunk(rest) {
  const chunks = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString("latin1"), 16);
    const start = lineEnd + 2;
    // Trailers, if any, follow the last chunk; a gateway drops them.
    if (size === 0) return rest.indexOf("\r\n\r\n", lineEnd) < 0 ? undefined : Buffer.concat(chunks);
    if (rest.length < start + size + 2) return undefined;
    chunks.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
