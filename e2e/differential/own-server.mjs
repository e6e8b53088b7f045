import http from "node:http";
import https from "node:https";
import net from "node:net";
import { once } from "node:events";
import { attempt } from "./attempt.mjs";

/** What an app asks of a server of its own: over a socket in Node, without one in the library. */
async function served(log, name, listener, use) {
  const server = http.createServer();
  if (listener) server.on("request", listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    log(name, ...(await use(server.address().port, server)));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function ask(port, options = {}, body) {
  return new Promise((resolve) => {
    const request = http.request({ port, host: "127.0.0.1", ...options }, (response) => {
      const seen = [response.statusCode, response.statusMessage, visible(response.rawHeaders)];
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece) => (text += piece));
      response.on("end", () => resolve([...seen, text.length > 200 ? text.length : text, response.trailers]));
      response.on("error", (error) => resolve([...seen, error.code]));
    });
    request.on("error", (error) => resolve([error.code]));
    request.end(body);
  });
}

/** Everything that comes back for these bytes, until the server ends the connection. */
function raw(port, bytes) {
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("latin1");
    socket.on("data", (piece) => (text += piece));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text.replace(/Date: .*\r\n/g, "")));
  });
}

const visible = (headers) =>
  headers.flatMap((text, index) => (index % 2 === 0 && text !== "Date" ? [[text, headers[index + 1]]] : []));

const echo = (request, response) => {
  const seen = [request.method, request.url, request.headers["x-a"], request.httpVersion];
  let text = "";
  request.setEncoding("utf8").on("data", (piece) => (text += piece));
  request.on("end", () => response.end(JSON.stringify([...seen, text, request.complete, request.trailers])));
};

async function requests(log) {
  await served(log, "echo", echo, async (port) => [
    await ask(port),
    await ask(port, { method: "POST", path: "/a?b=c", headers: { "x-a": "1" } }, "text"),
    await ask(port, { method: "PUT", headers: { "transfer-encoding": "chunked" } }, "text"),
    await ask(port, { method: "HEAD" }),
    await ask(port, { method: "QUERY" }, "q"),
  ]);
  await served(log, "fetch", echo, async (port) => {
    const response = await fetch(`http://127.0.0.1:${port}/f`, { method: "POST", body: "x" });
    return [response.status, await response.text()];
  });
  await served(
    log,
    "head and trailers",
    (_request, response) => {
      response.writeHead(201, "Made", { "X-One": "1", Trailer: "x-t", "Set-Cookie": ["a=1", "b=2"] });
      response.write("body");
      response.addTrailers({ "x-t": "end" });
      response.end();
    },
    async (port) => [await ask(port)],
  );
  await served(
    log,
    "much",
    (request, response) => request.pipe(response),
    async (port) => [await ask(port, { method: "POST" }, "m".repeat(1_000_000))],
  );
  for (const status of [101, 204, 205, 304, 500]) {
    const answer = (_request, response) => response.writeHead(status).end();
    await served(log, `status ${status}`, answer, async (port) => [await ask(port)]);
  }
}

async function connections(log) {
  const get = "GET / HTTP/1.1\r\nHost: a\r\n";
  await served(log, "kept and closed", echo, async (port) => [
    await raw(port, `${get}\r\n${get}Connection: close\r\n\r\n`),
    await raw(port, "GET / HTTP/1.0\r\n\r\n"),
    await raw(port, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n"),
  ]);
  const slow = (request, response) =>
    setTimeout(() => response.end(request.url), request.url === "/slow" ? 20 : 0);
  await served(log, "in turn", slow, async (port) => [
    await raw(port, `GET /slow HTTP/1.1\r\nHost: a\r\n\r\n${get}Connection: close\r\n\r\n`),
  ]);
  for (const [name, bytes] of [
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["no request", "what is this\r\n\r\n"],
    ["a broken chunk", `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ["two lengths", `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
    ["too much head", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`],
    ["an unknown expectation", `${get}Expect: more\r\nConnection: close\r\n\r\n`],
    ["a continuation", `${get}Expect: 100-continue\r\nConnection: close\r\n\r\n`],
  ]) {
    await served(log, `raw: ${name}`, echo, async (port) => [await raw(port, bytes)]);
  }
  await served(log, "one request a socket", echo, async (port, server) => {
    server.maxRequestsPerSocket = 1;
    return [await raw(port, `${get}\r\n`)];
  });
  await served(log, "client error", echo, async (port, server) => {
    const errors = [];
    server.on("clientError", (error, socket) => {
      errors.push(error.code);
      socket.end("HTTP/1.1 418 Teapot\r\n\r\n");
    });
    return [await raw(port, "nonsense\r\n\r\n"), errors];
  });
}

async function ends(log) {
  await served(log, "a client that goes away", undefined, async (port, server) => {
    const seen = [];
    const gone = new Promise((resolve) =>
      server.on("request", (request, response) => {
        request.on("aborted", () => seen.push("aborted"));
        request.on("error", (error) => seen.push(error.code));
        request.on("close", () => seen.push("request closed"));
        response.on("close", () => {
          seen.push("response closed", response.writableFinished);
          setTimeout(resolve, 5);
        });
      }),
    );
    const request = http.request({ port, host: "127.0.0.1", method: "POST" });
    request.on("error", (error) => seen.push(`client ${error.code}`));
    request.write("some");
    setTimeout(() => request.destroy(), 20);
    await gone;
    return [seen.sort()];
  });
  await served(
    log,
    "a server that breaks off",
    (_request, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.write("some", () => response.destroy());
    },
    async (port) => [await ask(port)],
  );
  await served(log, "another protocol", undefined, async (port, server) => {
    server.on("upgrade", (request, socket, head) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
      socket.on("data", (bytes) => socket.end(`${request.url} ${head.length} ${bytes}`));
    });
    const request = http.get({ port, host: "127.0.0.1", headers: { connection: "Upgrade", upgrade: "x" } });
    const [response, socket] = await once(request, "upgrade");
    socket.write("hello");
    let text = "";
    for await (const piece of socket) text += piece;
    return [response.statusCode, text];
  });
}

async function servers(log) {
  const server = http.createServer();
  log("states", server.listening, server.address(), server instanceof https.Server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const other = http.createServer();
  other.listen(port, "127.0.0.1");
  const [error] = await once(other, "error");
  log("taken", error.code, error.syscall, error.port === port);
  log(
    "bad port",
    attempt(() => other.listen(70_000)),
  );
  await new Promise((resolve) => server.close(resolve));
  log("closed", server.listening, await ask(port));
  log("not running", await new Promise((resolve) => server.close((failure) => resolve(failure.code))));
}

export async function run(log) {
  await requests(log);
  await connections(log);
  await ends(log);
  await servers(log);
}
