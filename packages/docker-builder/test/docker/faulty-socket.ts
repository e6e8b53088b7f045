import { createServer, connect, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { rm } from "node:fs/promises";

/** A socket in front of an engine's that loses connections when it is told to. */
export class FaultySocket {
  private readonly connections = new Set<Socket>();
  /** Asked of each request's first line; what it says happens to the connection. */
  onRequest: (line: string) => "pass" | "cut" | "cut after the answer" = () => "pass";

  private constructor(
    private readonly server: Server,
    readonly path: string,
  ) {}

  get address(): string {
    return `unix://${this.path}`;
  }

  static async start(path: string, enginePath: string): Promise<FaultySocket> {
    const server = createServer();
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
    const engine = connect(enginePath);
    for (const socket of [client, engine]) {
      this.connections.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.connections.delete(socket);
        client.destroy();
        engine.destroy();
      });
    }
    client.once("data", (request) => {
      const fate = this.onRequest(request.toString().split("\r\n", 1)[0]!);
      if (fate === "cut") client.destroy();
      else engine.write(request);
      client.pipe(engine);
      if (fate === "cut after the answer") engine.once("data", () => client.destroy());
      else engine.pipe(client);
    });
  }
}
