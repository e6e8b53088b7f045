import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Serves packed packages as npm's registry does: a document for each name, and the tarballs that it points to. */
export class NpmRegistry {
  /** Paths that were asked for, in order. */
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async serve(tarballs: readonly string[]): Promise<NpmRegistry> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const registry = new NpmRegistry(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const documents = new Map<string, string>();
    for (const [index, file] of tarballs.entries()) {
      const { stdout } = await run("tar", ["-xzOf", file, "package/package.json"]);
      const manifest = JSON.parse(stdout) as { name: string; version: string };
      const digest = createHash("sha512")
        .update(await readFile(file))
        .digest("base64");
      const dist = { tarball: `${registry.url}/-/${index}.tgz`, integrity: `sha512-${digest}` };
      const { name, version } = manifest;
      const document = {
        name,
        "dist-tags": { latest: version },
        versions: { [version]: { ...manifest, dist } },
      };
      documents.set(`/${name}`, JSON.stringify(document));
    }
    server.on("request", (request, response) => {
      const path = decodeURIComponent(request.url ?? "");
      registry.requests.push(path);
      const tarball = tarballs[Number(/^\/-\/(\d+)\.tgz$/.exec(path)?.[1] ?? -1)];
      if (tarball) return void createReadStream(tarball).pipe(response);
      const document = documents.get(path);
      response.writeHead(document ? 200 : 404, { "content-type": "application/json" });
      response.end(document ?? "{}");
    });
    return registry;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
