import dns from "node:dns";
import net from "node:net";
import tls from "node:tls";
import { describe, failure, once, record } from "./observe.js";
import type { Scenario } from "./scenarios.js";

const host = "127.0.0.1";

async function failsToConnect(socket: net.Socket): Promise<object> {
  const [error] = await once(socket, "error");
  return describe(error);
}

/** Raw connections, TLS and names. */
export const connections: Readonly<Record<string, Scenario>> = {
  "a connection's events, in their order": async ({ tcp }) => {
    const socket = net.connect(tcp, host);
    const events = record(socket, "lookup", "connect", "ready", "data", "end", "finish", "close", "error");
    socket.setEncoding("utf8");
    socket.write("hello ");
    socket.end("wörld");
    await once(socket, "close");
    const { remoteAddress, bytesRead, bytesWritten, readyState, destroyed } = socket;
    return { events, remoteAddress, bytesRead, bytesWritten, readyState, destroyed };
  },
  "a refused connection": async ({ closed }) => {
    const socket = net.connect(closed, host);
    const events = record(socket, "connect", "error", "close");
    await new Promise((resolve) => socket.once("close", resolve));
    return events.map((event) => JSON.stringify(event).replaceAll(String(closed), "PORT"));
  },
  "a name that is not there": () => failsToConnect(net.connect(1, "name.invalid")),
  "a path that is not there": () => failsToConnect(net.connect("/no/such/socket")),
  "localhost, whichever family the server has": async ({ tcp }) => {
    const socket = net.connect({ port: tcp, host: "localhost" });
    await once(socket, "connect");
    socket.end("x");
    const [data] = await once(socket, "data");
    return String(data);
  },
  "more than the system takes at once, both ways": async ({ tcp }) => {
    const socket = net.connect(tcp, host);
    let received = 0;
    socket.on("data", (chunk: Buffer) => (received += chunk.length));
    const chunk = Buffer.alloc(1 << 20, 7);
    for (let count = 0; count < 8; count++) {
      if (!socket.write(chunk)) await new Promise((resolve) => socket.once("drain", resolve));
    }
    socket.end();
    await once(socket, "close");
    return received;
  },
  "a paused reader, and the rest when it goes on": async ({ tcp }) => {
    const socket = net.connect(tcp, host);
    socket.end(Buffer.alloc(300_000, 1));
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 30));
    let received = 0;
    for await (const chunk of socket) received += (chunk as Buffer).length;
    return received;
  },
  "an idle timeout": async ({ tcp }) => {
    const socket = net.connect(tcp, host);
    const events = record(socket, "timeout", "close");
    socket.setTimeout(20, () => socket.destroy());
    await once(socket, "close");
    return events;
  },
  "a signal that destroys the connection": async ({ tcp }) => {
    const controller = new AbortController();
    const socket = net.connect({ port: tcp, host, signal: controller.signal } as net.NetConnectOpts);
    socket.once("connect", () => controller.abort());
    return failsToConnect(socket);
  },
  "TLS to a server that nobody vouches for": async ({ tls: port }) =>
    failsToConnect(tls.connect({ port, host })),
  "TLS to the same one, unverified": async ({ tls: port }) => {
    const socket = tls.connect({ port, host, rejectUnauthorized: false, ALPNProtocols: ["b"] });
    const events = record(socket, "connect", "secureConnect", "secure", "data", "end", "close");
    socket.setEncoding("utf8");
    socket.write("hi");
    await once(socket, "data");
    socket.end();
    await once(socket, "close");
    const { authorized, authorizationError, alpnProtocol, encrypted } = socket;
    return { events, authorized, authorizationError, alpnProtocol, encrypted };
  },
  "TLS with the server's own certificate as authority": async ({ tls: port, certificate }) => {
    const socket = tls.connect({ port, host: "localhost", ca: certificate });
    await once(socket, "secureConnect");
    const { authorized, servername } = socket;
    const { subject, subjectaltname, valid_to, fingerprint256, serialNumber, bits } =
      socket.getPeerCertificate();
    socket.destroy();
    return { authorized, servername, subject, subjectaltname, valid_to, fingerprint256, serialNumber, bits };
  },
  "TLS to a name that the certificate is not for": ({ tls: port, certificate }) =>
    failsToConnect(tls.connect({ port, host, ca: certificate, servername: "other.example" })),
  "TLS to a server that speaks none": async ({ tcp }) => {
    const socket = tls.connect({ port: tcp, host });
    const [error] = await once(socket, "error");
    return Boolean((error as { code?: string }).code);
  },
  "STARTTLS: a connection that becomes TLS": async ({ tls: port, certificate }) => {
    const plain = net.connect(port, host);
    await once(plain, "connect");
    const secure = tls.connect({ socket: plain, ca: certificate, servername: "localhost" });
    await once(secure, "secureConnect");
    secure.setEncoding("utf8");
    secure.write("over");
    const [echoed] = await once(secure, "data");
    const closed = Promise.all([once(plain, "close"), once(secure, "close")]);
    secure.destroy();
    return { echoed, closed: await closed };
  },
  "lookups by the system": async () => ({
    all: await dns.promises.lookup(host, { all: true }),
    address: await dns.promises.lookup(host),
    missing: await failure(dns.promises.lookup("name.invalid")),
    empty: await new Promise((resolve) =>
      dns.lookup("", (error, address, family) => resolve([error, address, family])),
    ),
  }),
  "a server of its own": async () => {
    const server = net.createServer((socket) => socket.end("served"));
    server.listen(0, host);
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const socket = net.connect(port, host);
    socket.setEncoding("utf8");
    const [data] = await once(socket, "data");
    server.close();
    await once(server, "close");
    return data;
  },
};
