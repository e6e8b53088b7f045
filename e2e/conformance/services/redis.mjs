// Redis that keeps nothing.
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { firstOf, program } from "./debian.mjs";
import { freePort, startServer } from "./spawned.mjs";

/** @returns {Promise<import("../harness/services.mjs").Service>} */
export async function start() {
  const server = program("redis-server", () =>
    firstOf(["/usr/bin/redis-server", "/usr/local/bin/redis-server"]),
  );
  const port = await freePort();
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    tmpdir(),
  ];
  const stop = await startServer(server, args, port);
  return {
    env: { REDIS_URL: `redis://127.0.0.1:${port}`, REDIS_PORT: String(port) },
    reset: () => flush(port),
    stop,
  };
}

async function flush(port) {
  const socket = connect({ host: "127.0.0.1", port });
  socket.end("FLUSHALL\r\nSCRIPT FLUSH\r\nQUIT\r\n");
  socket.resume();
  await once(socket, "close");
}
