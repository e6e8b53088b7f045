import dgram from "node:dgram";
import { once } from "node:events";

/** What metrics and tracing clients do: bytes to a local daemon, which may answer. */
export async function run(log) {
  const daemon = dgram.createSocket("udp4");
  daemon.bind(0, "127.0.0.1");
  await once(daemon, "listening");
  const { address, family, port } = daemon.address();
  log("bound", address, family, port > 0);
  daemon.on("message", (message, sender) => daemon.send(`re: ${message}`, sender.port, sender.address));
  const client = dgram.createSocket("udp4");
  for (const text of ["one", "two"]) {
    const sent = new Promise((resolve) => client.send(Buffer.from(text), port, "127.0.0.1", resolve));
    const [message, sender] = await once(client, "message");
    log(text, String(await sent), String(message), sender.address, sender.port === port);
  }
  const closed = [once(daemon, "close"), once(client, "close")];
  daemon.close();
  client.close();
  await Promise.all(closed);
  log("closed");
}
