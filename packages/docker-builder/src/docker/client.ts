import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type Docker from "dockerode";
import { BuilderError } from "../errors.js";
import { loadDockerode } from "./dockerode.js";
import type { Endpoint } from "./endpoint.js";

/**
 * A client of the engine at an endpoint; it does not connect yet.
 *
 * @throws {BuilderError} LAC5010 when the address or its certificates cannot be used, LAC5021 without dockerode
 */
export async function createClient(endpoint: Endpoint): Promise<Docker> {
  const Docker = await loadDockerode();
  const agent = process.env["SSH_AUTH_SOCK"];
  const { protocol, pathname, hostname, port, username } = parse(endpoint);
  switch (protocol) {
    case "unix:":
    case "npipe:":
      return new Docker({ socketPath: decodeURIComponent(pathname) });
    case "tcp:":
    case "http:":
    case "https:":
      return new Docker({
        host: hostname,
        port: Number(port) || (endpoint.certificates ? 2376 : 2375),
        ...(endpoint.certificates || protocol === "https:"
          ? { protocol: "https" as const, ...(await readCertificates(endpoint)) }
          : { protocol: "http" as const }),
      });
    case "ssh:":
      return new Docker({
        protocol: "ssh",
        host: hostname,
        port: Number(port) || 22,
        username,
        sshOptions: agent ? { agent } : {},
      });
    default:
      throw unusable(endpoint, `"${protocol}" is neither unix:, tcp:, ssh: nor npipe:`);
  }
}

function parse(endpoint: Endpoint): URL {
  try {
    return new URL(endpoint.address);
  } catch (cause) {
    throw unusable(endpoint, "it is no URL", cause);
  }
}

async function readCertificates(endpoint: Endpoint): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
  const folder = endpoint.certificates;
  if (!folder) return {};
  try {
    const [ca, cert, key] = await Promise.all(
      ["ca.pem", "cert.pem", "key.pem"].map((name) => readFile(join(folder, name))),
    );
    return { ca: ca!, cert: cert!, key: key! };
  } catch (cause) {
    throw unusable(endpoint, `its certificates cannot be read (${(cause as Error).message})`, cause);
  }
}

function unusable({ source, address }: Endpoint, why: string, cause?: unknown): BuilderError {
  return new BuilderError("LAC5010", `${source} names ${address}, which cannot be used: ${why}.`, {
    hint: "Name the engine like DOCKER_HOST=unix:///var/run/docker.sock, or build with --builder local.",
    cause,
  });
}
