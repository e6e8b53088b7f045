#!/usr/bin/env node
// The app's process: the app under Node, serving its functions over HTTP to the handler that started it.
import { writeSync } from "node:fs";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { described } from "./laconic-errors.mjs";
import { openRequest } from "./laconic-open-requests.mjs";
import { isShims } from "./laconic-servers.mjs";
import { registered } from "./laconic-service.mjs";

/** Where a failure to load is told: a pipe of its own, so that it is not taken for the app's output. */
const FAILURES = 3;
/** EADDRINUSE's number; what started this process knows it by it. */
const PORT_TAKEN = 98;

const port = Number(process.env["LACONIC_PROXY_PORT"]);
const parent = Number(process.env["LACONIC_PROXY_PARENT"]);

// The handler's process is gone: nobody will ever ask again.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
process.stdin.resume();
/** @type {import("node:net").Socket} */ (process.stdin).unref();

const dispatch = await load().catch(failed);

const server = createServer((request, response) => void serve(request, response));
isShims(server);
// Handlers take as long as Lambda lets them, and a sandbox sleeps as long as it likes between two requests.
server.requestTimeout = server.headersTimeout = server.timeout = server.keepAliveTimeout = 0;
server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
  console.error(error);
  process.exit(error.code === "EADDRINUSE" ? PORT_TAKEN : 1);
});
// Only now can a request be served, so only now is it said.
server.listen(port, "127.0.0.1", () => process.kill(parent, "SIGUSR2"));

async function load() {
  const bundle = process.env["LACONIC_PROXY_BUNDLE"] ?? "app.mjs";
  await import(new URL(bundle, import.meta.url).href);
  return registered().dispatch;
}

/** @param {unknown} error @returns {never} */
function failed(error) {
  writeSync(FAILURES, JSON.stringify(described(error)));
  process.exit(1);
}

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function serve(request, response) {
  const body = await buffer(request);
  const length = Number(request.headers["laconic-context-length"]);
  const name = decodeURIComponent((request.url ?? "/").slice(1));
  const context = body.toString("utf8", 0, length);
  const event = body.toString("utf8", length);
  // Nothing but the app may keep the process busy, so that a promise that can never settle is noticed.
  server.unref();
  request.socket.unref();
  let status = 200;
  /** @type {string} */
  let text;
  try {
    text = await openRequest(name, () => dispatch(name, event, context));
  } catch (error) {
    status = 500;
    text = JSON.stringify(described(error));
  }
  request.socket.ref();
  server.ref();
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
