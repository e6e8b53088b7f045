import { createServer, connect, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { rm } from "node:fs/promises";

type Fate = "pass" | "cut" | "cut after the answer";

/** A socket in front of an engine's that loses connections when it is told to. */
export class FaultySocket {
  private readonly connections = new Set<Socket>();
  /** Asked of each request's first line; what it says happens to the connection. */
  onRequest: (line: string) => Fate = () => "pass";

  private constructor(
    private readonly server: Server,
    readonly path: string,
  ) {}

  get address(): string {
    return `unix://${this.path}`;
  }

  static async start(path: string, enginePath: string): Promise<FaultySocket> {
    const server = createServer({ allowHalfOpen: true });
    const faulty = new FaultySocket(server, path);
    server.on("connection", (client) => faulty.forward(client, enginePath));
    await rm(path, { force: true });
    server.listen(path);
    await once(server, "listening");
    return faulty;
  }

  /** Ends every connection at once, as a machine does that loses its network. */
  cutAll(): void {
    for (const socket of this.connections) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutAll();
    this.server.close();
    await once(this.server, "close");
  }

  private forward(client: Socket, enginePath: string): void {
    const engine = connect({ path: enginePath, allowHalfOpen: true });
    for (const socket of [client, engine]) {
      this.connections.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.connections.delete(socket);
        client.destroy();
        engine.destroy();
      });
    }
    let fate: Fate = "pass";
    // The client keeps connections, and sends one request after another on each.
    client.on("data", (chunk) => {
      const [line = ""] = chunk.toString("latin1").split("\r\n", 1);
      if (/^[A-Z]+ \//.test(line)) fate = this.onRequest(line);
      if (fate === "cut") client.destroy();
      else engine.write(chunk);
    });
    engine.on("data", (chunk) => {
      if (fate === "cut after the answer") client.destroy();
      else client.write(chunk);
    });
    client.on("end", () => engine.end());
    engine.on("end", () => client.end());
  }
}
