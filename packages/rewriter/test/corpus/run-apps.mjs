// Asks apps the corpus's requests: `node run-apps.mjs before|after`, the jobs as JSON on stdin, what was answered on fd 3.
// "before" stands where Lambda and a server's port do, "after" where the managed Node runtime's shim does.
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, request as httpRequest, Server } from "node:http";
import { createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { Server as NetServer } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { EVENTS, eventV1, eventV2, REQUESTS } from "./requests.mjs";

const SERVICE = Symbol.for("laconic.service");
const require = createRequire(import.meta.url);
/** The servers that each app started: frameworks go on opening some when the app's turn is over. */
const turns = new AsyncLocalStorage();
const listening = () => turns.getStore() ?? [];

// The corpus's ports are its authors'; a free one serves as well.
const listen = NetServer.prototype.listen;
NetServer.prototype.listen = function (...given) {
  if (typeof given[0] === "string" && given[0].includes("/")) return listen.apply(this, given);
  const done = given.find((one) => typeof one === "function");
  listening().push(this);
  return listen.call(this, 0, "127.0.0.1", done);
};

// Where the library has the servers that an app listens with.
globalThis[Symbol.for("laconic.http")] = {
  get servers() {
    return listening();
  },
};

// What Lambda has for handlers that stream: collected, as the shims that cannot stream do.
globalThis.awslambda = {
  streamifyResponse: (handler) => async (event, context) => {
    const stream = new PassThrough();
    const body = text(stream);
    await handler(event, stream, context);
    return { ...stream.head, body: await body };
  },
  HttpResponseStream: { from: (stream, head) => Object.assign(stream, { head }) },
};

const [, , form] = process.argv;
const jobs = JSON.parse(await text(process.stdin));
const results = {};
process.on("unhandledRejection", (error) => (results.unhandled = String(error)));
for (const job of jobs)
  results[job.name] = await turns
    .run([], () => answers(job))
    .catch((error) => ({ failed: String(error?.stack ?? error) }));
createWriteStream(null, { fd: 3 }).end(JSON.stringify(results), () => process.exit(0));

async function answers(job) {
  globalThis[SERVICE] = undefined;
  const exported = await load(job.path);
  const answered = form === "before" ? await asBefore(job, exported) : await asAfter(job);
  return answered;
}

async function load(path) {
  if (path.endsWith(".cjs")) return require(path);
  return await import(pathToFileURL(path).href);
}

async function asBefore(job, exported) {
  if (job.kind === "event") return await each(EVENTS, (event) => asLambda(pick(exported, job.export), event));
  if (job.kind === "adapter")
    return await each(requestEvents(job), async (event) =>
      plain(await asLambda(pick(exported, job.export), event)),
    );
  const port = await portOf(exported);
  return await each(REQUESTS, (request) => overHttp(port, request));
}

async function asAfter(job) {
  const { service } = globalThis[SERVICE] ?? {};
  if (service === undefined) throw new Error("main() was not called while the module loaded");
  const handler = service.handler(job.function);
  if (job.kind === "event") return await each(EVENTS, (event) => handler(event, context()));
  return await each(requestEvents(job), async (event) => plain(await handler(event, context())));
}

function requestEvents({ version }) {
  return REQUESTS.map(version === 1 ? eventV1 : eventV2);
}

async function each(inputs, ask) {
  const answered = [];
  for (const input of inputs) {
    const timeout = new Promise((resolve) => setTimeout(resolve, 2000, { never: true }).unref());
    const answer = (async () => ask(structuredClone(input)))().then(
      (result) => ({ result: result === undefined ? null : JSON.parse(JSON.stringify(result)) }),
      (error) => ({ error: String(error?.message ?? error) }),
    );
    answered.push(await Promise.race([answer, timeout]));
  }
  return answered;
}

function context() {
  return {
    functionName: "corpus",
    awsRequestId: "11111111-2222-3333-4444-555555555555",
    memoryLimitInMB: "128",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:corpus",
    getRemainingTimeInMillis: () => 3000,
  };
}

/** Calls a handler as Lambda's Node runtime up to 22 does. */
function asLambda(handler, event) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) =>
      error === null || error === undefined ? resolve(result) : reject(error);
    const answers = {
      done: callback,
      succeed: (result) => callback(null, result),
      fail: (error) => callback(error ?? "failed"),
    };
    const answered = handler(event, { ...context(), ...answers }, callback);
    if (typeof answered?.then === "function") answered.then(resolve, reject);
    // Nothing more to do, and no answer: Lambda answers null.
    else setTimeout(resolve, 300, null);
  });
}

function pick(exported, name) {
  return exported[name] ?? exported.default?.[name] ?? exported.default;
}

/** The answer to an HTTP request without what depends on the way that it took. */
function plain({ statusCode, headers, multiValueHeaders, body = "", isBase64Encoded }) {
  const all = { ...headers, ...multiValueHeaders };
  const type = Object.entries(all).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return {
    status: statusCode,
    type: [type].flat()[0]?.toLowerCase().replaceAll(" ", "") ?? null,
    body: isBase64Encoded ? Buffer.from(body, "base64").toString() : (body ?? ""),
  };
}

/** The port of the server that the app started, or that is started for the app that it exports. */
async function portOf(exported) {
  for (let waited = 0; waited < 40 && listening().length === 0; waited++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  if (listening().length === 0 && typeof exported.start === "function") exported.start(0);
  const [started] = listening();
  const server =
    started instanceof Server
      ? started
      : createServer(started ? (...pair) => started.emit("request", ...pair) : listenerOf(exported));
  if (server !== started) server.listen(0);
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  return server.address().port;
}

function listenerOf(exported) {
  const app = exported.default ?? exported.app ?? exported;
  if (typeof app.callback === "function") return app.callback();
  if (typeof app.fetch !== "function") return app;
  return async (incoming, response) => {
    const chunks = await text(incoming);
    const { method, url, headers } = incoming;
    const answer = await app.fetch(
      new Request(`http://localhost${url}`, { method, headers, ...(chunks && { body: chunks }) }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };
}

function overHttp(port, { method, path, body }) {
  return new Promise((resolve, reject) => {
    const headers = body ? { "content-type": "application/json", "content-length": body.length } : {};
    const sent = httpRequest(
      { port, host: "127.0.0.1", method, path, headers, agent: false },
      async (response) => {
        resolve(
          plain({ statusCode: response.statusCode, headers: response.headers, body: await text(response) }),
        );
      },
    );
    sent.on("error", reject).end(body);
  });
}
