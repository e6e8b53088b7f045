// A server process of a test: started on a free port, known to be up by its own answer, ended by its process id.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const LIMIT_MS = 30_000;
const POLL_MS = 50;

/** @returns {Promise<number>} a port of 127.0.0.1 that nobody listens on */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} port on which it will accept connections
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function startServer(command, args, port, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (log = (log + chunk).slice(-4000)));
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`${command} ended with ${code}: ${log}`)),
  );
  ended.catch(() => undefined);
  failed.catch(() => undefined);
  // A test run that is killed must not leave the server behind.
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  await Promise.race([accepts(port, command), failed, ended]);
  return async () => {
    process.off("exit", kill);
    if (child.exitCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    await exit;
  };
}

async function accepts(port, command) {
  for (let waited = 0; waited < LIMIT_MS; waited += POLL_MS) {
    const socket = connect({ host: "127.0.0.1", port });
    const isUp = await new Promise((resolve) =>
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false)),
    );
    socket.destroy();
    if (isUp) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${command} does not listen on port ${port} after ${LIMIT_MS} ms`);
}
