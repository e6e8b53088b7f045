import http, { type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Server } from "node:net";
import tls from "node:tls";
import zlib from "node:zlib";
import { generate } from "selfsigned";

/** Where the servers listen, and the certificate that they show. */
export interface Servers {
  readonly tcp: number;
  readonly tls: number;
  readonly http: number;
  readonly https: number;
  readonly closed: number;
  readonly certificate: string;
}

/** Size of the large response, in bytes. */
const LARGE = 3_000_000;

const reflect: RequestListener = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, rawHeaders } = request;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method, url, rawHeaders, body: Buffer.concat(chunks).toString("latin1") }));
};

const encoded =
  (coding: string, encode: (text: string) => Buffer): RequestListener =>
  (_, response) =>
    response.writeHead(200, { "content-encoding": coding }).end(encode(`encoded as ${coding}`));

const routes: Readonly<Record<string, RequestListener>> = {
  "/echo": reflect,
  "/large": (_, response) => {
    response.setHeader("content-length", LARGE);
    response.end(Buffer.alloc(LARGE, "abcdefgh"));
  },
  "/trailers": (request, response) => {
    response.setHeader("trailer", "x-seen");
    response.write("first ");
    request.resume().on("end", () => {
      response.addTrailers({ "x-seen": String(request.trailers["x-end"]) });
      response.end("last");
    });
  },
  "/connection": ({ socket }, response) => void response.end(String(socket.remotePort)),
  "/close": (_, response) => void response.setHeader("connection", "close").end("closed"),
  "/hang-up": ({ socket }) => void socket.destroy(),
  "/break-off": ({ socket }, response) => {
    response.write("part");
    setTimeout(() => socket.destroy(), 20);
  },
  "/slow": (_, response) => void setTimeout(() => response.end("at last"), 2000).unref(),
  "/drip": (_, response) => {
    const timer = setInterval(() => response.write("drop"), 5);
    response.on("close", () => clearInterval(timer));
  },
  "/no-content": (_, response) => void response.writeHead(204).end(),
  "/redirect": (request, response) => {
    const { searchParams } = new URL(request.url!, "http://server");
    response.writeHead(Number(searchParams.get("code")), { location: searchParams.get("to")! }).end("moved");
  },
  "/loop": (_, response) => void response.writeHead(302, { location: "/loop" }).end(),
  "/gzip": encoded("gzip", zlib.gzipSync),
  "/deflate": encoded("deflate", zlib.deflateSync),
  "/deflate-raw": encoded("deflate", zlib.deflateRawSync),
  "/br": encoded("br", zlib.brotliCompressSync),
  "/latin": (_, response) => {
    response.writeHead(200, { "x-latin": "caf\xe9", "set-cookie": ["a=1", "b=2"] });
    response.end(Buffer.from("ok"));
  },
};

function route(request: IncomingMessage, response: ServerResponse): void {
  const handler = routes[new URL(request.url!, "http://server").pathname];
  if (handler) handler(request, response);
  else response.writeHead(404).end("not found");
}

function tunnel(request: IncomingMessage, client: net.Socket): void {
  const { hostname, port } = new URL(`http://${request.url!}`);
  const server = net.connect(Number(port), hostname, () => {
    client.write("HTTP/1.1 200 OK\r\n\r\n");
    server.pipe(client).pipe(server);
  });
  server.on("error", () => client.destroy());
  client.on("error", () => server.destroy());
}

function echo(socket: net.Socket): void {
  socket.on("error", () => socket.destroy());
  socket.pipe(socket);
}

/**
 * Starts one server of each kind on a port of its own; `close` ends them with all their connections.
 *
 * @param httpPort the HTTP server's, for one that takes another's place
 */
export async function startServers(httpPort = 0): Promise<{ servers: Servers; close: () => Promise<void> }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
  });
  const web = http.createServer(route);
  web.on("checkContinue", (request, response) => {
    response.writeContinue();
    route(request, response);
  });
  web.on("connect", tunnel);
  web.on("upgrade", (_, socket: net.Socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello");
    echo(socket);
  });
  const all: Server[] = [
    net.createServer({ allowHalfOpen: true }, echo),
    tls.createServer({ key, cert, ALPNProtocols: ["a", "b"] }, echo),
    web,
    https.createServer({ key, cert }, route),
    net.createServer(),
  ];
  const open = new Set<net.Socket>();
  for (const server of all)
    server.on("connection", (socket) => void open.add(socket.on("close", () => open.delete(socket))));
  const ports = await Promise.all(all.map((server) => listen(server, server === web ? httpPort : 0)));
  // A port that was just in use and is not any more: nobody else is likely to have it.
  await close(all.pop()!);
  const [tcp, secure, plain, safe, closed] = ports as [number, number, number, number, number];
  return {
    servers: { tcp, tls: secure, http: plain, https: safe, closed, certificate: cert },
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(all.map(close));
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
